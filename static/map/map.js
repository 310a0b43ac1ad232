/* The map page: takes the place of the server's drawing, with the same numbers as the table beside it.
   Needs Leaflet; every address and every word comes from the page's data attributes. */
(function () {
  "use strict";

  const canvas = document.getElementById("map");
  const names = document.getElementById("map-names");
  if (!canvas || !names || !window.L) return;

  const words = canvas.dataset;
  const rtl = document.documentElement.dir === "rtl";
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const SVG = "http://www.w3.org/2000/svg";

  /* Largest first: Leaflet takes the middle of the first part for the middle of the whole. */
  function extent([outline]) {
    const [xs, ys] = [0, 1].map((axis) => outline.map((at) => at[axis]));
    return (Math.max(...xs) - Math.min(...xs)) * (Math.max(...ys) - Math.min(...ys));
  }
  const byExtent = (a, b) => extent(b) - extent(a);

  /* TopoJSON: arcs are steps on a grid; shapes are lists of arcs, a negative number (~n) is arc n backwards. */
  function decode(topology) {
    const [stepX, stepY] = topology.transform.scale;
    const [left, top] = topology.transform.translate;
    const place = (x, y) => [left + x * stepX, top + y * stepY];
    const arcs = topology.arcs.map((arc) => {
      let x = 0;
      let y = 0;
      return arc.map(([dx, dy]) => place((x += dx), (y += dy)));
    });
    const walk = (n) => (n < 0 ? arcs[~n].slice().reverse() : arcs[n]);
    const ring = (numbers) => numbers.flatMap((n, i) => (i ? walk(n).slice(1) : walk(n)));
    const shape = ({ id, type, arcs: parts }) => ({
      id,
      polygons: (type === "Polygon" ? [parts] : parts).map((polygon) => polygon.map(ring)).sort(byExtent),
    });
    return {
      sheet: topology.sheet,
      shapes: topology.objects.countries.geometries.map(shape),
      symbols: topology.objects.symbols.geometries.map(({ id, coordinates: [x, y] }) => ({ id, at: place(x, y) })),
    };
  }

  /* The sheet's y points down, Leaflet's latitude up. */
  const point = ([x, y]) => L.latLng(-y, x);
  const sheetBounds = ([left, top, right, bottom]) => L.latLngBounds(point([left, bottom]), point([right, top]));

  const shade = (count, breaks) => breaks.filter((lowest) => count >= lowest).length;

  function label(name, count) {
    return `${name}. ${words.initiatives} ${count || words.none}`;
  }

  function tooltip(name, count) {
    const box = document.createElement("span");
    const title = document.createElement("b");
    title.textContent = name;
    box.append(title, document.createElement("br"), `${words.initiatives} ${count || words.none}`);
    return box;
  }

  function makeMap(bounds) {
    const map = L.map(canvas, {
      crs: L.CRS.Simple,
      attributionControl: false,
      zoomControl: false,
      keyboard: false, // the countries take the keys: see `rove`
      scrollWheelZoom: false, // the page scrolls
      dragging: !L.Browser.mobile, // one finger scrolls the page, two move the map
      zoomSnap: 0,
      minZoom: -3,
      maxZoom: 4,
      maxBounds: bounds.pad(0.1),
      maxBoundsViscosity: 1,
      zoomAnimation: !still,
      fadeAnimation: !still,
      markerZoomAnimation: !still,
      inertia: !still,
      renderer: L.svg({ padding: 0.5 }),
    });
    L.control
      .zoom({ position: rtl ? "topright" : "topleft", zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut })
      .addTo(map);
    const fit = () => map.fitBounds(bounds, { animate: false }).setMinZoom(map.getZoom());
    fit();
    map.on("resize", () => {
      const whole = map.getZoom() < map.getMinZoom() + 0.01;
      map.setMinZoom(map.getBoundsZoom(bounds));
      if (whole) fit();
    });
    return map;
  }

  /* One stop for the Tab key; arrows, Home and End go on from there, Enter opens. */
  function rove(map, stops) {
    let current = 0;
    const go = (index) => {
      stops[current].element.tabIndex = -1;
      current = (index + stops.length) % stops.length;
      stops[current].element.tabIndex = 0;
      stops[current].element.focus({ preventScroll: true });
    };
    const keys = {
      ArrowRight: () => go(current + (rtl ? -1 : 1)),
      ArrowLeft: () => go(current - (rtl ? -1 : 1)),
      ArrowDown: () => go(current + 1),
      ArrowUp: () => go(current - 1),
      Home: () => go(0),
      End: () => go(stops.length - 1),
    };
    stops.forEach(({ element, layer, open }, index) => {
      element.tabIndex = index ? -1 : 0;
      element.addEventListener("keydown", (event) => {
        const act = event.key === "Enter" ? open : keys[event.key];
        if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        act();
      });
      element.addEventListener("focus", () => {
        const middle = layer.getLatLng ? layer.getLatLng() : layer.getCenter();
        current = index;
        map.panInside(middle, { padding: [40, 40], animate: !still });
        layer.openTooltip(middle);
      });
      element.addEventListener("blur", () => layer.closeTooltip());
    });
  }

  /* Lines of the server's drawing that mark what is not counted. */
  function keepHatch(drawing) {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("class", "map-defs");
    svg.setAttribute("aria-hidden", "true");
    svg.append(drawing.querySelector("defs"));
    svg.querySelector("pattern").setAttribute("patternTransform", "rotate(45) scale(0.6)"); // pixels here, sheet units there
    canvas.after(svg);
  }

  function draw(world, numbers, countryNames) {
    const drawing = canvas.querySelector("svg");
    keepHatch(drawing);
    drawing.remove();
    canvas.classList.add("map-canvas--live");

    const everything = L.featureGroup(
      world.shapes.map(({ polygons }) => L.polygon(polygons.map((rings) => rings.map((ring) => ring.map(point))))),
    ).getBounds();
    const usual = sheetBounds(world.sheet);
    const map = makeMap(numbers.counts.AQ ? usual.extend(everything) : usual);
    const stops = new Map();
    const size = canvas.clientWidth < 480 ? 0.65 : 1; // of the symbols, so that a small map is not all dots

    const add = (id, layer) => {
      const count = numbers.counts[id] || 0;
      const name = countryNames[id];
      layer.addTo(map);
      if (!name) return;
      const open = () => window.location.assign(words.country.replace("ZZ", id));
      layer.bindTooltip(tooltip(name, count), { sticky: true, opacity: 1 }).on("click", open);
      const element = layer.getElement();
      element.setAttribute("role", "link");
      element.setAttribute("aria-label", label(name, count));
      element.tabIndex = -1; // else the tooltip's focus listener makes each a stop in some browsers
      if (count) stops.set(id, { element, layer, name, open });
      else element.setAttribute("aria-hidden", "true");
    };

    const look = (id) => ({
      className: countryNames[id] ? `country map-${shade(numbers.counts[id] || 0, numbers.breaks)}` : "uncounted",
      weight: 0.7,
      fillOpacity: 1,
      fillColor: countryNames[id] ? undefined : "url(#map-hatch)",
      interactive: Boolean(countryNames[id]),
    });
    world.shapes.forEach(({ id, polygons }) => {
      add(id, L.polygon(polygons.map((rings) => rings.map((ring) => ring.map(point))), { smoothFactor: 0.5, ...look(id) }));
    });
    const few = (a, b) => (numbers.counts[a.id] || 0) - (numbers.counts[b.id] || 0); // what has more lies on top
    world.symbols.sort(few).forEach(({ id, at }) => {
      const style = look(id);
      style.className += " symbol";
      add(id, L.circleMarker(point(at), { ...style, radius: (numbers.counts[id] ? 6 : 3) * size, weight: 1 }));
    });

    const order = new Intl.Collator(document.documentElement.lang).compare;
    rove(map, [...stops.values()].sort((a, b) => order(a.name, b.name)));
    canvas.setAttribute("role", "group");
    canvas.setAttribute("aria-label", words.label);
    const help = document.getElementById("map-help");
    help.hidden = false;
    canvas.setAttribute("aria-describedby", help.id);
  }

  const load = (address) =>
    fetch(address, { credentials: "omit" }).then((answer) => {
      if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
      return answer.json();
    });

  Promise.all([load(words.shapes), load(words.numbers)]).then(
    ([topology, numbers]) => draw(decode(topology), numbers, JSON.parse(names.textContent)),
    () => {}, // a lost connection leaves the server's drawing, which says the same
  );
})();
