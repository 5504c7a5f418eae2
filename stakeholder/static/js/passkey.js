// Makes a passkey or proves by one: <form data-passkey="making|proof" data-options="address" hidden>. Browsers without
// passkeys never see these forms.
(() => {
  "use strict";
  if (!window.PublicKeyCredential || !navigator.credentials) return;

  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const known = (list) => (list || []).map((each) => ({ ...each, id: bytes(each.id) }));

  const made = async (options) => {
    const answer = await navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        user: { ...options.user, id: bytes(options.user.id) },
        excludeCredentials: known(options.excludeCredentials),
      },
    });
    const { clientDataJSON, attestationObject } = answer.response;
    return { answer, response: { clientDataJSON: text(clientDataJSON), attestationObject: text(attestationObject) } };
  };

  const proven = async (options) => {
    const answer = await navigator.credentials.get({
      publicKey: { ...options, challenge: bytes(options.challenge), allowCredentials: known(options.allowCredentials) },
    });
    const { clientDataJSON, authenticatorData, signature } = answer.response;
    return {
      answer,
      response: { clientDataJSON: text(clientDataJSON), authenticatorData: text(authenticatorData), signature: text(signature) },
    };
  };

  const ask = async (form) => {
    const body = new FormData();
    body.set("csrf_token", form.elements.csrf_token.value);
    body.set("for", form.dataset.passkey);
    const reply = await fetch(form.dataset.options, { method: "POST", body, credentials: "same-origin" });
    if (reply.redirected) return location.assign(reply.url);
    if (!reply.ok) throw new Error(String(reply.status));
    const { answer, response } = await (form.dataset.passkey === "making" ? made : proven)(await reply.json());
    form.elements.answer.value = JSON.stringify({
      id: answer.id,
      rawId: text(answer.rawId),
      type: answer.type,
      response,
      clientExtensionResults: {},
    });
    form.submit();
  };

  document.querySelectorAll("[data-passkey]").forEach((form) => {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const words = form.querySelector("[data-words]");
      words.textContent = "";
      ask(form).catch(() => {
        words.textContent = words.dataset.words;
      });
    });
  });
})();
