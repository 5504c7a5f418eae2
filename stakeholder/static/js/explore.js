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

  // The drawing of the file, painted at twice its size: a picture for slides.
  const button = document.getElementById("figure-picture");
  const file = document.getElementById("figure-file");
  const picture = async () => {
    const drawing = await (await fetch(file.href, { credentials: "same-origin" })).text();
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawing)}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = 2 * image.width;
    canvas.height = 2 * image.height;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const link = document.createElement("a");
    link.href = canvas.toDataURL("image/png");
    link.download = "figure.png";
    link.click();
  };
  if (button && file) {
    button.hidden = false;
    button.addEventListener("click", () => { picture().catch(() => { button.hidden = true; }); });
  }
})();
