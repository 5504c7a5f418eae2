// Makes the designer quicker; every button works without it. Moves are instant, keep the focus and are spoken.
(() => {
  "use strict";
  const said = document.getElementById("said");

  const say = (page) => {
    const words = page.getElementById("said");
    if (said && words) said.replaceChildren(...words.childNodes);
  };

  const send = async (form, extra) => {
    const fields = new URLSearchParams(new FormData(form));
    Object.entries(extra).forEach(([name, value]) => fields.set(name, value));
    const answer = await fetch(form.action, { method: "POST", body: fields, credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  };

  const show = (page, focusId, key) => {
    document.getElementById("questions").replaceChildren(...page.getElementById("questions").childNodes);
    say(page);
    prepare(document.getElementById("questions"));
    const button = document.getElementById(focusId);
    (button && !button.disabled ? button : document.getElementById(`q-${key}`) || document.getElementById("main")).focus();
  };

  const instantly = (form) => {
    form.addEventListener("submit", async (event) => {
      const button = event.submitter;
      if (!button || button.name !== "do") return;
      event.preventDefault();
      const key = form.closest("[data-key]").dataset.key;
      try {
        show(await send(form, { do: button.value }), button.id, key);
      } catch {
        form.submit.call(withChoice(form, button.value));
      }
    });
  };

  const withChoice = (form, wish) => {
    const hidden = Object.assign(document.createElement("input"), { type: "hidden", name: "do", value: wish });
    form.append(hidden);
    return form;
  };

  // Dragging: the handle is an extra; the buttons do the same.
  let dragged = null;
  const draggable = (row) => {
    const handle = document.createElement("span");
    handle.className = "handle button-small";
    handle.setAttribute("aria-hidden", "true");
    handle.textContent = "⠿";
    handle.draggable = true;
    handle.addEventListener("dragstart", (event) => {
      dragged = row;
      row.classList.add("dragged");
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", row.dataset.key);
    });
    handle.addEventListener("dragend", () => {
      row.classList.remove("dragged");
      document.querySelectorAll(".drop-before").forEach((each) => each.classList.remove("drop-before"));
    });
    row.querySelector(".row-buttons").prepend(handle);
    row.addEventListener("dragover", (event) => {
      if (!dragged || dragged === row) return;
      event.preventDefault();
      document.querySelectorAll(".drop-before").forEach((each) => each !== row && each.classList.remove("drop-before"));
      row.classList.add("drop-before");
    });
    row.addEventListener("drop", (event) => {
      event.preventDefault();
      event.stopPropagation();
      drop(row.closest("[data-questions]"), row);
    });
  };

  const drop = async (list, before) => {
    if (!dragged) return;
    const form = dragged.querySelector("form");
    const key = dragged.dataset.key;
    const rows = [...list.querySelectorAll("[data-key]")].filter((row) => row !== dragged);
    const index = before ? rows.indexOf(before) : rows.length;
    dragged = null;
    show(await send(form, { do: "drop", page: list.dataset.questions, index: String(index) }), "", key);
  };

  const list = (each) => {
    each.addEventListener("dragover", (event) => dragged && event.preventDefault());
    each.addEventListener("drop", (event) => {
      event.preventDefault();
      drop(each, null);
    });
  };

  // Rules: only the tests and answers of the chosen question, only the input that the test needs.
  const allAnswers = new WeakMap();
  const rule = (each) => {
    const question = each.querySelector("[data-rule-question]");
    const test = each.querySelector("[data-rule-test]");
    const answer = each.querySelector("[data-rule-answer]");
    const number = each.querySelector("[data-rule-number]");
    const other = each.querySelector("[data-rule-other]");
    const groups = [...answer.querySelectorAll("optgroup")];
    allAnswers.set(answer, groups);
    const fit = () => {
      const fits = question.selectedOptions[0]?.dataset.tests?.split(" ");
      [...test.options].forEach((option) => {
        option.hidden = option.disabled = Boolean(fits) && !option.defaultSelected && !fits.includes(option.value);
      });
      if (fits && test.selectedOptions[0]?.disabled) test.value = fits[0];
      const compares = /_(least|most|than)$/.test(test.value);
      const key = question.value.split(".")[0];
      test.hidden = !question.value;
      number.hidden = !question.value || !compares || other.value !== "";
      other.hidden = !question.value || !/^(at|more|less)_/.test(test.value) || other.options.length < 2;
      if (other.hidden) other.value = "";
      answer.hidden = !question.value || compares || /answered$/.test(test.value);
      const chosen = answer.value;
      answer.replaceChildren(answer.firstElementChild, ...groups.filter((group) => group.dataset.question === key));
      answer.value = chosen.startsWith(`${key}:`) ? chosen : "";
    };
    question.addEventListener("change", fit);
    test.addEventListener("change", fit);
    other.addEventListener("change", fit);
    fit();
  };

  // Lists: another line without a new page.
  const rows = (each) => {
    const lines = each.querySelector(":scope > ol");
    each.querySelector(":scope > [data-add-row]")?.addEventListener("click", (event) => {
      event.preventDefault();
      const last = lines.lastElementChild;
      const at = lines.children.length;
      const name = each.dataset.rows;
      const fresh = last.cloneNode(true);
      fresh.querySelectorAll("[data-rule-answer]").forEach((answer, which) => {
        const groups = allAnswers.get(last.querySelectorAll("[data-rule-answer]")[which]) || [];
        answer.replaceChildren(answer.firstElementChild, ...groups.map((group) => group.cloneNode(true)));
      });
      fresh.querySelectorAll("[name]").forEach((input) => {
        if (input.type === "checkbox") input.checked = false;
        else if (input.tagName === "SELECT") input.selectedIndex = 0;
        else input.value = "";
      });
      fresh.querySelectorAll("[id], [name], [for], [aria-describedby], [value], [data-rows]").forEach((part) => {
        for (const attribute of ["id", "name", "for", "aria-describedby", "value", "data-rows"]) {
          const value = part.getAttribute(attribute);
          if (value) part.setAttribute(attribute, value.replaceAll(`${name}.${at - 1}.`, `${name}.${at}.`));
        }
      });
      fresh.querySelectorAll(".row-label, summary .visually-hidden").forEach((label) => {
        label.textContent = label.textContent.replace(String(at), String(at + 1));
      });
      if (fresh.matches("[data-rule]")) {
        fresh.querySelectorAll("[aria-label]").forEach((part) => {
          part.setAttribute("aria-label", part.getAttribute("aria-label").replace(String(at), String(at + 1)));
        });
      }
      fresh.querySelectorAll("details").forEach((part) => { part.open = false; });
      lines.append(fresh);
      [fresh, ...fresh.querySelectorAll("[data-rule]")].filter((part) => part.matches("[data-rule]")).forEach(rule);
      fresh.querySelectorAll("[data-rows]").forEach(rows);
      fresh.querySelector("input, textarea, select").focus();
    });
  };

  // In a list of answers, Enter goes to the next line, and a pasted list fills a line for each of its own.
  const bullet = /^\s*(?:[-*•◦–]|\(?[a-zA-Z0-9]{1,2}[.)])\s+/;
  const inLines = (event) => {
    const each = event.target.closest?.(".row-words")?.closest("[data-rows]");
    return each && event.target.matches("input") && each.querySelector(":scope > [data-add-row]") ? each : null;
  };
  const wordsAfter = (each, input) => {
    const find = () => [...each.querySelectorAll(":scope > ol > [data-row]")].map((row) => row.querySelector(".row-words input"));
    const at = find().indexOf(input) + 1;
    if (at === find().length) each.querySelector(":scope > [data-add-row]").click();
    return find()[at];
  };
  const inRow = (input) => input.closest("[data-row]").querySelectorAll(".row-words input").length === 1;
  document.addEventListener("keydown", (event) => {
    const each = event.key === "Enter" && !event.isComposing && inLines(event);
    if (!each || !inRow(event.target)) return;
    event.preventDefault();
    wordsAfter(each, event.target).focus();
  });
  document.addEventListener("paste", (event) => {
    const each = inLines(event);
    const pasted = (event.clipboardData?.getData("text/plain") || "").split(/\r?\n/).map((line) => line.replace(bullet, "").trim()).filter(Boolean);
    if (!each || !inRow(event.target) || pasted.length < 2) return;
    event.preventDefault();
    let input = event.target;
    pasted.slice(0, 60).forEach((line, at) => {
      if (at) input = wordsAfter(each, input);
      input.value = line;
    });
    input.focus();
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });

  const prepare = (part) => {
    part.querySelectorAll("form[data-instant]").forEach(instantly);
    part.querySelectorAll("[data-key]").forEach(draggable);
    part.querySelectorAll("[data-questions]").forEach(list);
    part.querySelectorAll("[data-rule]").forEach(rule);
    part.querySelectorAll("[data-rows]").forEach(rows);
  };

  // A question is drawn anew while it is written.
  const look = () => {
    const form = document.getElementById("question-form");
    const here = document.getElementById("look-here");
    if (!form || !here) return;
    let waiting = 0;
    let newest = 0;
    const redraw = async () => {
      const mine = (newest += 1);
      const page = await send(form, { look_now: "yes" });
      const fresh = page.getElementById("look-here");
      if (!fresh || mine !== newest) return;
      for (const name of ["class", "lang", "dir"]) here.setAttribute(name, fresh.getAttribute(name));
      here.replaceChildren(...fresh.childNodes);
    };
    const soon = () => {
      clearTimeout(waiting);
      waiting = setTimeout(redraw, 500);
    };
    form.addEventListener("input", soon);
    document.querySelectorAll("[form=question-form]").forEach((menu) => menu.addEventListener("change", soon));
  };

  prepare(document);
  look();
  document.querySelector(".problems[role=alert]")?.focus();
})();
