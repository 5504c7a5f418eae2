// Loads a part of the page again while it says that work is unfinished: <div id="…" data-refresh-seconds="2">.
(() => {
  "use strict";
  const LONGEST_WAIT = 30;

  const refresh = async (part, wait) => {
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" }, credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(part.id);
      if (!fresh) return;
      if (fresh.innerHTML !== part.innerHTML) part.replaceChildren(...fresh.childNodes);
      if (fresh.dataset.refreshSeconds) later(part, Number(fresh.dataset.refreshSeconds));
    } catch {
      later(part, Math.min(wait * 2, LONGEST_WAIT));
    }
  };

  const later = (part, seconds) => setTimeout(() => refresh(part, seconds), seconds * 1000);

  document.querySelectorAll("[data-refresh-seconds]").forEach((part) => later(part, Number(part.dataset.refreshSeconds)));
})();
