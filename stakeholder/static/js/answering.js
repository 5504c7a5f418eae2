// Makes some questions easier to answer. Without it every question still works, with boxes instead of sliders.
(function () {
  "use strict";

  function slider(part) {
    const range = part.querySelector("input[type=range]");
    const box = part.querySelector("input[type=text]");
    const rather = document.getElementsByName(`${part.dataset.slider}.rather_not`)[0];
    const said = document.createElement("output");
    said.className = "slider-said";
    said.htmlFor = range.id;
    const show = () => {
      const answered = box.value.trim() !== "";
      if (answered) range.value = box.value.replace(",", ".");
      range.classList.toggle("is-unanswered", !answered);
      range.setAttribute("aria-valuetext", answered ? range.value : range.dataset.unanswered);
      said.textContent = answered ? range.value : range.dataset.unanswered;
    };
    const answer = () => {
      box.value = range.value;
      rather.checked = false;
      show();
    };
    range.addEventListener("input", answer);
    range.addEventListener("click", answer);
    range.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      answer();
    });
    rather.addEventListener("change", () => {
      if (rather.checked) box.value = "";
      show();
    });
    part.append(said);
    range.hidden = part.querySelector(".slider-hint").hidden = false;
    part.querySelector(".slider-box").hidden = true;
    show();
  }

  function allocation(part) {
    const total = Number(part.dataset.allocation);
    const left = part.querySelector(".left");
    const boxes = Array.from(part.querySelectorAll("input"));
    const show = () => {
      const given = boxes.reduce((sum, box) => sum + (Number(box.value.trim()) || 0), 0);
      const words = given < total ? left.dataset.left : given > total ? left.dataset.over : left.dataset.done;
      left.textContent = words.replace("{}", Math.abs(total - given));
      left.hidden = false;
    };
    for (const box of boxes) box.addEventListener("input", show);
    show();
  }

  // What has a place stands on top, in order; "up" gives what has none the next place, or the last one's.
  function ranking(list) {
    const places = Number(list.dataset.ranking);
    const said = list.nextElementSibling;
    const written = Array.from(list.children);
    const menu = (row) => row.querySelector("select");
    const placed = () => written.filter((row) => menu(row).value).sort((a, b) => menu(a).value - menu(b).value);
    const arrange = () => {
      const first = placed();
      list.append(...first, ...written.filter((row) => !first.includes(row)));
    };
    const move = (row, way) => {
      const order = placed();
      const at = order.indexOf(row);
      if (at < 0 && way === "up") order.splice(Math.min(order.length, places - 1), 0, row);
      else if (at >= 0) {
        order.splice(at, 1);
        if (way === "up") order.splice(Math.max(at - 1, 0), 0, row);
        else if (at < order.length) order.splice(at + 1, 0, row);
      }
      for (const each of written) menu(each).value = "";
      order.slice(0, places).forEach((each, index) => { menu(each).value = String(index + 1); });
      arrange();
      const place = menu(row).value ? `${list.dataset.placed} ${menu(row).value}` : list.dataset.unplaced;
      said.textContent = `${row.querySelector("label").textContent}: ${place}`;
    };
    for (const row of written) {
      for (const button of row.querySelectorAll("[data-move]")) {
        button.hidden = false;
        button.addEventListener("click", () => {
          move(row, button.dataset.move);
          button.focus();
        });
      }
    }
    if (placed().length) arrange();
  }

  // "None of these" and the others take each other's tick away.
  function exclusive(alone) {
    const others = Array.from(document.getElementsByName(alone.name)).filter((box) => box !== alone);
    alone.addEventListener("change", () => {
      if (alone.checked) for (const box of others) if (box.checked) { box.checked = false; box.dispatchEvent(new Event("change", { bubbles: true })); }
    });
    for (const box of others) box.addEventListener("change", () => { if (box.checked) alone.checked = false; });
  }

  // The box beside "Other" shows once that is chosen, or when something stands in it.
  function other(part) {
    const box = part.querySelector("input");
    const [key, code] = box.name.split(".");
    const choice = document.getElementsByName(key);
    const show = () => {
      const chosen = Array.from(choice).some((each) => each.value === code && (each.tagName === "SELECT" || each.checked));
      part.hidden = !chosen && box.value === "";
    };
    for (const each of choice) each.addEventListener("change", show);
    show();
  }

  document.querySelectorAll("[data-slider]").forEach(slider);
  document.querySelectorAll("[data-allocation]").forEach(allocation);
  document.querySelectorAll("[data-ranking]").forEach(ranking);
  document.querySelectorAll("[data-exclusive]").forEach(exclusive);
  document.querySelectorAll(".other").forEach(other);
})();
