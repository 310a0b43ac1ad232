/* The map, on its page and in frames: takes the place of the server's drawing, with the same numbers as the table.
   Needs Leaflet; every address and every word comes from the page's data attributes. Other numbers come with the event
   "applied"; whoever chooses a country asks by the event "country", and is led to its page where nobody answers. */
(function () {
  "use strict";

  const canvas = document.getElementById("map");
  const names = document.getElementById("map-names");
  if (!canvas || !names) return;

  const words = canvas.dataset;
  const leads = () => document.getElementById("map-totals").dataset; // other ones with other filters
  const rtl = document.documentElement.dir === "rtl";
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const TOUCH = 22; // pixels around the middle of a symbol that answer where nothing else is, and where a finger points
  const NEAR = 12; // the same for a mouse, and for a finger on a country
  const HIT = 3; // pixels from the middle of a symbol within which it is meant, whatever else is near
  const touching = window.matchMedia("(pointer: coarse)");
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

  const said = (count) => `${words.initiatives} ${count || words.none}`;

  function tooltip(name, count) {
    const box = document.createElement("span");
    const title = document.createElement("b");
    title.textContent = name;
    box.append(title, document.createElement("br"), said(count));
    return box;
  }

  function makeMap() {
    const map = L.map(canvas, {
      crs: L.CRS.Simple,
      attributionControl: false,
      zoomControl: false,
      keyboard: false, // the countries take the keys: see `Roving`
      scrollWheelZoom: false, // the page scrolls
      dragging: !L.Browser.mobile, // one finger scrolls the page, two move the map
      zoomSnap: 0,
      minZoom: -3,
      maxZoom: 4,
      maxBoundsViscosity: 1,
      zoomAnimation: !still,
      fadeAnimation: !still,
      markerZoomAnimation: !still,
      inertia: !still,
      renderer: L.svg({ padding: 0.5 }),
    });
    const zoom = L.control.zoom({ zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
    canvas.after(zoom.getContainer()); // below the map: on a telephone it would cover a continent
    return map;
  }

  /* Show all of the bounds, now and when the page gets narrower. */
  function framer(map) {
    let bounds;
    const whole = () => {
      map.setMinZoom(-3).fitBounds(bounds, { animate: false }).setMinZoom(map.getZoom());
    };
    map.on("resize", () => {
      const all = map.getZoom() < map.getMinZoom() + 0.01;
      map.setMinZoom(map.getBoundsZoom(bounds));
      if (all) whole();
    });
    return (wanted) => {
      if (bounds && bounds.equals(wanted)) return;
      bounds = wanted;
      map.setMaxBounds(bounds.pad(0.1));
      whole();
    };
  }

  /* One stop for the Tab key; arrows, Home and End go on from there to what has any, a letter to the next of all whose
     name begins with it, Enter opens. */
  class Roving {
    constructor(map) {
      this.map = map;
      this.stops = [];
      this.current = 0;
      this.alike = new Intl.Collator(document.documentElement.lang, { sensitivity: "base" }).compare;
    }

    add(place) {
      place.element.addEventListener("keydown", (event) => {
        const act = this.acts(place)[event.key] || this.typed(event.key);
        if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        act();
      });
      place.element.addEventListener("focus", () => {
        const middle = place.middle();
        this.stand(this.stops.indexOf(place));
        // At the smallest zoom all of the world is there already.
        const near = this.map.getZoom() > this.map.getMinZoom() + 0.01;
        if (near) this.map.panInside(middle, { padding: [40, 40], animate: !still });
        place.layer.setTooltipContent(place.words()); // a pointer may have left a neighbour's
        place.layer.openTooltip(middle);
      });
      place.element.addEventListener("blur", () => place.layer.closeTooltip());
    }

    acts(place) {
      const step = rtl ? -1 : 1;
      return {
        Enter: place.choose,
        " ": place.choose,
        ArrowRight: () => this.walk(this.current, step),
        ArrowLeft: () => this.walk(this.current, -step),
        ArrowDown: () => this.walk(this.current, 1),
        ArrowUp: () => this.walk(this.current, -1),
        Home: () => this.walk(-1, 1),
        End: () => this.walk(this.stops.length, -1),
      };
    }

    /* What a typed letter does; nothing for other keys. */
    typed(key) {
      if (!/^\p{L}$/u.test(key)) return null;
      return () => this.walk(this.current, 1, ({ name }) => !this.alike(name.slice(0, key.length), key));
    }

    /* All places in the order of the keys. */
    through(stops) {
      const before = this.stops[this.current];
      this.leave();
      this.stops = stops;
      const first = before?.count ? stops.indexOf(before) : stops.findIndex(({ count }) => count);
      this.stand(Math.max(0, first));
    }

    /* What has none is told to nobody but who stands on it. */
    leave() {
      const place = this.stops[this.current];
      if (!place) return;
      place.element.tabIndex = -1;
      if (!place.count) place.element.setAttribute("aria-hidden", "true");
    }

    stand(index) {
      this.leave();
      this.current = index;
      const { element } = this.stops[index];
      element.tabIndex = 0;
      element.removeAttribute("aria-hidden");
    }

    /* Go to the next stop that is wanted, around the end too. */
    walk(from, step, wanted = ({ count }) => count) {
      const many = this.stops.length;
      for (let n = 1; n <= many; n++) {
        const index = (from + n * step + many) % many;
        if (!wanted(this.stops[index])) continue;
        this.stand(index);
        this.stops[index].element.focus({ preventScroll: true });
        return;
      }
    }
  }

  /* A country or territory on the map: its shape, its symbol, or both, of which the symbol is the one to stand on. */
  class Place {
    constructor(code, name) {
      Object.assign(this, { code, name, layers: [], count: 0 });
      this.choose = () => choose(code, this.element);
    }

    get layer() { return this.layers.at(-1); }
    get element() { return this.layer.getElement(); }
    words() { return tooltip(this.name, this.count); }
    middle() { return this.layer.getLatLng ? this.layer.getLatLng() : this.layer.getCenter(); }

    show(count, breaks, size) {
      this.count = count;
      const number = breaks.filter((lowest) => count >= lowest).length;
      this.layers.forEach((layer) => {
        const element = layer.getElement();
        for (let n = 0; n < 6; n++) element.classList.toggle(`map-${n}`, n === number);
        layer.setTooltipContent(this.words());
        if (layer.setRadius) layer.setRadius((count ? 6 : 3) * size);
        element.setAttribute("aria-hidden", "true");
      });
      const { element } = this;
      element.setAttribute("role", canvas.hasAttribute("data-new-tab") ? "link" : "button");
      element.setAttribute("aria-label", `${this.name}. ${said(count)}`);
      if (count) element.removeAttribute("aria-hidden");
    }
  }

  function choose(code, opener) {
    const question = new CustomEvent("country", { cancelable: true, detail: { code, opener } });
    if (!document.dispatchEvent(question)) return;
    const address = leads().country.replace("ZZ", code);
    if (canvas.hasAttribute("data-new-tab")) window.open(address, "_blank", "noopener");
    else window.location.assign(address);
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

  function addPlaces(map, world, countryNames) {
    const places = new Map();
    const add = (id, layer) => {
      layer.addTo(map);
      layer.getElement().tabIndex = -1; // else the tooltip's focus listener makes each a stop in some browsers
      if (!countryNames[id]) return;
      if (!places.has(id)) places.set(id, new Place(id, countryNames[id]));
      const place = places.get(id);
      layer.bindTooltip("", { sticky: true, opacity: 1 });
      place.layers.push(layer);
    };
    const look = (id, kind) => ({
      className: countryNames[id] ? `country${kind}` : "uncounted",
      weight: 0.7,
      fillOpacity: 1,
      fillColor: countryNames[id] ? undefined : "url(#map-hatch)",
      interactive: Boolean(countryNames[id]),
    });
    world.shapes.forEach(({ id, polygons }) => {
      const rings = polygons.map((polygon) => polygon.map((ring) => ring.map(point)));
      add(id, L.polygon(rings, { smoothFactor: 0.5, ...look(id, "") }));
    });
    world.symbols.forEach(({ id, at }) => {
      add(id, L.circleMarker(point(at), { ...look(id, " symbol"), radius: 3, weight: 1 }));
    });
    return places;
  }

  /* Where the pointer is, in the map's pixels. Browsers tell whole pixels of the window, between two of which the map may
     begin: what is lost of both is the same, and two symbols may have their middles one pixel from each other. */
  function pointed({ clientX, clientY }) {
    const { left, top } = canvas.getBoundingClientRect();
    return L.point(Math.floor(clientX) - Math.floor(left), Math.floor(clientY) - Math.floor(top));
  }

  /* A symbol is small: what is near one means it; the nearest where it is hit, else rather those that have any.
     Asks where the pointer is: Leaflet says of a symbol's event where its middle is, and the one on top may be another. */
  function listen(map, places) {
    const symbols = [...places.values()].filter(({ layer }) => layer.getLatLng);
    const nearest = (event, reach) => {
      const at = pointed(event.originalEvent);
      const near = symbols
        .map((place) => ({ place, far: map.latLngToContainerPoint(place.middle()).distanceTo(at) }))
        .filter(({ far }) => far <= reach)
        .sort((a, b) => a.far - b.far || b.place.count - a.place.count);
      const meant = near[0]?.far <= HIT ? near[0] : near.find(({ place }) => place.count) || near[0];
      return meant?.place;
    };
    places.forEach((place) => {
      place.layers.forEach((layer) => {
        const reach = () => (touching.matches ? NEAR : layer.getLatLng ? layer.getRadius() : 0);
        const meant = (event) => nearest(event, reach()) || place;
        layer.on("click", (event) => {
          L.DomEvent.stopPropagation(event);
          meant(event).choose();
        });
        if (layer.getLatLng) layer.on("mouseover mousemove", (event) => layer.setTooltipContent(meant(event).words()));
      });
    });
    map.on("click", (event) => nearest(event, touching.matches ? TOUCH : NEAR)?.choose());
  }

  function draw(world, countryNames) {
    const drawing = canvas.querySelector("svg");
    keepHatch(drawing);
    drawing.remove();
    canvas.classList.add("map-canvas--live");
    const map = makeMap();
    const frame = framer(map);
    const usual = sheetBounds(world.sheet);
    frame(usual);
    const places = addPlaces(map, world, countryNames);
    const everything = L.latLngBounds(places.get("AQ").layers[0].getBounds()).extend(usual);
    const size = canvas.clientWidth < 480 ? 0.65 : 1; // of the symbols, so that a small map is not all dots
    const roving = new Roving(map);
    places.forEach((place) => roving.add(place));
    listen(map, places);
    canvas.setAttribute("role", "group");
    canvas.setAttribute("aria-label", words.label);
    const help = document.getElementById("map-help");
    help.hidden = false;
    canvas.setAttribute("aria-describedby", help.id);
    const raise = () => { // symbols above all shapes, on top what has more
      [...places.values()].sort((a, b) => a.count - b.count).forEach(({ layer }) => {
        if (layer.getLatLng) layer.bringToFront();
      });
    };
    const mark = (chosen) => {
      places.forEach(({ code, layers }) => {
        layers.forEach((layer) => layer.getElement().classList.toggle("chosen", code === chosen));
      });
      places.get(chosen)?.layers.forEach((layer) => layer.bringToFront());
      raise();
    };
    document.addEventListener("panel", ({ detail }) => mark(detail));
    const order = new Intl.Collator(document.documentElement.lang).compare;

    return ({ counts, breaks }) => {
      places.forEach((place) => place.show(counts[place.code] || 0, breaks, size));
      // Below the usual sheet, of which a part would show in a tall frame; the server leaves it out as well.
      const seen = [...places.values()].filter(({ code, count }) => code !== "AQ" || count);
      places.get("AQ").element.classList.toggle("map-away-south", !counts.AQ);
      mark(location.hash.slice(1)); // the panel may have been there first
      roving.through(seen.sort((a, b) => order(a.name, b.name)));
      frame(counts.AQ ? everything : usual);
    };
  }

  let asking;
  const load = (address, options = {}) =>
    fetch(address, { credentials: "omit", ...options }).then((answer) => {
      if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
      return answer.json();
    });
  const numbers = () => {
    asking?.abort();
    asking = new AbortController();
    return load(leads().numbers, { signal: asking.signal });
  };

  // A lost connection leaves the server's drawing, which says the same: until there are other filters.
  let show = null;
  let lost = !window.L;
  const again = () => window.location.reload();
  document.addEventListener("applied", () => {
    if (lost) again();
    else if (show) numbers().then(show, (error) => { if (error.name !== "AbortError") again(); });
  });
  if (lost) return;
  const asked = leads().numbers;
  Promise.all([load(words.shapes), numbers()]).then(
    ([topology, first]) => {
      show = draw(decode(topology), JSON.parse(names.textContent));
      show(first);
      if (leads().numbers !== asked) numbers().then(show, again);
    },
    () => {
      lost = true;
      if (leads().numbers !== asked) again();
    },
  );
})();
