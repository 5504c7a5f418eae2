// The coding screen by keyboard: one box takes digits for the feeling, letters for a theme, Enter to take it or to save.
(() => {
  "use strict";
  const form = document.getElementById("coding");
  const box = document.getElementById("quick");
  const said = document.getElementById("quick-said");
  const themes = [...form.querySelectorAll("input[name=theme]")];
  const feelings = [...form.querySelectorAll("input[name=sentiment]")];
  box.closest(".quick").hidden = false;

  const fits = (theme, typed) => {
    const name = theme.dataset.name.toLowerCase();
    return name.startsWith(typed) || name.split(/\W+/).some((word) => word.startsWith(typed));
  };

  const first = () => {
    const typed = box.value.trim().toLowerCase();
    if (!typed) return null;
    return themes.find((theme) => theme.dataset.name.toLowerCase().startsWith(typed)) || themes.find((theme) => fits(theme, typed)) || null;
  };

  const mark = () => {
    const found = first();
    themes.forEach((theme) => theme.closest(".pick").classList.toggle("is-next", theme === found));
    said.textContent = box.value.trim() ? (found ? found.dataset.name : "–") : "";
  };

  const tell = (input, words) => {
    said.textContent = `${input.checked ? "✓" : "✗"} ${words}`;
  };

  box.addEventListener("input", () => {
    const feeling = feelings[Number(box.value.trim()) - 1];
    if (/^[1-9]$/.test(box.value.trim())) {
      box.value = "";
      if (feeling) {
        feeling.checked = true;
        tell(feeling, feeling.nextElementSibling.textContent.trim());
      }
      return;
    }
    mark();
  });

  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      box.value = "";
      mark();
    }
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (!box.value.trim()) {
      form.requestSubmit();
      return;
    }
    const theme = first();
    if (!theme) return;
    theme.checked = !theme.checked;
    box.value = "";
    mark();
    tell(theme, theme.dataset.name);
  });

  box.focus();
})();
