// SPDX-FileCopyrightText: 2026 Dijkring contributors
// SPDX-License-Identifier: EUPL-1.2
// Draws what the page carries as data; places come from the server. Without it the list says the same.

const paper = document.querySelector("#drawing");
const data = document.querySelector("#drawn");
const SHAPES = { task: "round-rectangle", service: "round-rectangle", process: "round-rectangle", location: "barrel", network: "round-hexagon", role: "ellipse", ot: "octagon", supplied: "round-tag", data: "cut-rectangle" };
const SMALLEST = 0.55;
const STYLES = { needs: "solid", group: "dashed", degraded: "dotted" };

const tint = (name) => getComputedStyle(paper).getPropertyValue(`--dijkring-${name}`).trim();

function look() {
  const node = { "label": "data(name)", "shape": (one) => SHAPES[one.data("kind")] ?? "rectangle", "width": 124, "height": 40, "font-size": 12, "font-family": getComputedStyle(paper).fontFamily, "text-wrap": "wrap", "text-max-width": 116, "text-valign": "center", "color": tint("ink"), "background-color": tint("water-mist"), "border-width": 1, "border-color": tint("line-strong") };
  const edge = { "width": 1.5, "curve-style": "bezier", "line-color": tint("line-strong"), "line-style": (one) => STYLES[one.data("how")], "target-arrow-shape": "triangle", "target-arrow-color": tint("line-strong"), "arrow-scale": 0.8 };
  return [
    { selector: "node", style: node },
    { selector: "edge", style: edge },
    { selector: "edge[count]", style: { "label": "data(count)", "width": (one) => 1 + Math.min(5, Math.log2(one.data("count"))), "font-size": 11, "color": tint("ink"), "text-background-color": tint("paper"), "text-background-opacity": 1, "text-background-padding": 2 } },
    { selector: "node[?here]", style: { "border-width": 3, "border-color": tint("water") } },
    { selector: "node.near", style: { "background-color": tint("partly-mist"), "border-color": tint("partly") } },
    { selector: "edge.near", style: { "width": 2.5, "line-color": tint("partly"), "target-arrow-color": tint("partly") } },
    { selector: "node.chosen", style: { "border-width": 4, "border-color": tint("water"), "background-color": tint("paper") } },
  ];
}

function elements({ nodes, lines }) {
  const ends = lines.map(({ from, to, ...rest }) => ({ data: { ...rest, source: String(from), target: String(to) } }));
  return [...nodes.map(({ x, y, ...rest }) => ({ data: { ...rest, id: String(rest.id) }, position: { x, y } })), ...ends];
}

// As high as it needs to be read, and no smaller than can be read: what does not fit can be dragged.
function room(graph) {
  const { h, w } = graph.elements().boundingBox();
  const level = Math.min(1, Math.max(SMALLEST, (paper.clientWidth - 40) / w));
  paper.style.blockSize = `${Math.round(Math.min(Math.max(h * level + 60, 240), 900))}px`;
  graph.resize();
  graph.zoom(level);
  const here = graph.nodes("[?here]");
  graph.center(w * graph.zoom() > paper.clientWidth && here.nonempty() ? here : undefined);
  // What is higher than the paper begins with its highest layer, unless one came for a part of it.
  if (here.empty() && h * level + 48 > paper.clientHeight) graph.panBy({ x: 0, y: 24 - graph.elements().renderedBoundingBox().y1 });
}

function draw() {
  paper.parentElement.hidden = false;
  const graph = cytoscape({ container: paper, elements: elements(JSON.parse(data.textContent)), style: look(), layout: { name: "preset", padding: 24 }, minZoom: 0.1, maxZoom: 3, autoungrabify: true, userZoomingEnabled: false, boxSelectionEnabled: false });
  room(graph);
  const told = document.querySelector("#drawing-told");
  const start = () => graph.nodes("[?here]")[0] ?? graph.nodes()[0];
  let chosen = null;

  // What is in sight stays where it is.
  function show(node) {
    const { x1, y1, x2, y2 } = node.renderedBoundingBox();
    if (x1 < 0 || y1 < 0 || x2 > paper.clientWidth || y2 > paper.clientHeight) graph.center(node);
  }

  function choose(node) {
    if (!node) return;
    chosen = node;
    graph.elements().removeClass("chosen near");
    node.addClass("chosen").closedNeighborhood().not(node).addClass("near");
    told.textContent = node.data("name");
    show(node);
  }
  // Sideways goes along the layer, up and down to the nearest that it is tied to.
  const beside = (step) => graph.nodes()[(graph.nodes().indexOf(chosen) + step + graph.nodes().length) % graph.nodes().length];
  const along = (ends) => ends.nodes()[0] ?? chosen;
  const open = () => { if (chosen && !chosen.data("theirs")) location.href = chosen.data("url") ?? `${paper.dataset.address}${chosen.id()}/`; };
  const zoom = (times) => graph.zoom({ level: graph.zoom() * times, renderedPosition: { x: paper.clientWidth / 2, y: paper.clientHeight / 2 } });
  const keys = {
    ArrowRight: () => choose(chosen ? beside(1) : start()),
    ArrowLeft: () => choose(chosen ? beside(-1) : start()),
    ArrowUp: () => choose(chosen ? along(chosen.incomers()) : start()),
    ArrowDown: () => choose(chosen ? along(chosen.outgoers()) : start()),
    Enter: open,
    "+": () => zoom(1.25),
    "=": () => zoom(1.25),
    "-": () => zoom(0.8),
    0: () => graph.fit(undefined, 24),
  };
  paper.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  for (const button of document.querySelectorAll("[data-draw]")) button.addEventListener("click", () => keys[button.dataset.draw]());
  graph.on("tap", "node", (event) => (chosen === event.target ? open() : choose(event.target)));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => graph.style(look()));
}

if (paper && data && globalThis.cytoscape) draw();
