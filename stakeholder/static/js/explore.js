// Puts a chart one can point at in place of the drawing; without it the drawing and the table remain.
(() => {
  "use strict";
  const place = document.getElementById("live-figure");
  if (!place || !window.Plotly) return;

  const show = async () => {
    const answer = await fetch(place.dataset.figure, { credentials: "same-origin" });
    if (!answer.ok) return;
    const { data, layout, config } = await answer.json();
    place.hidden = false;
    await window.Plotly.newPlot(place, data, layout, config);
    document.getElementById("drawn-figure")?.setAttribute("hidden", "");
  };

  show().catch(() => { place.hidden = true; });

  // A choice is sent at once where the form says so; the button stays for everyone else.
  const form = document.getElementById("enquiry");
  form?.querySelectorAll("select[data-resets]").forEach((field) => {
    field.addEventListener("change", () => form.requestSubmit());
  });
})();
