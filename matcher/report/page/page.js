"use strict";
(() => {
  const packet = JSON.parse(document.getElementById("lists-of-page").textContent);
  const unpack = (value) => {
    if (typeof value === "string") return value[0] === "~" ? packet.texts[value.slice(1)] : value;
    if (Array.isArray(value)) return value.map(unpack);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, unpack(part)]));
  };
  const { cards, ...rest } = packet.value;
  const page = unpack(rest);
  const { label, tables, forms, order, signs, marks } = page;
  const collator = new Intl.Collator(page.lang, { numeric: true });
  const NONE = "–", STEP = 200, MOST_CHOICES = 400;
  const SVG = "http://www.w3.org/2000/svg";
  const lists = {};

  const make = (tag, given = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(given)) {
      if (typeof value === "function") node.addEventListener(name, value);
      else if (value !== null && value !== false) node.setAttribute(name, value);
    }
    node.append(...children);
    return node;
  };
  const shape = (tag, given, ...children) => {
    const node = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(given)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  };
  const fill = (text, places) => text.replace(/\{(\w+)\}/g, (all, name) => places[name] ?? all);
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  // Numbers: whole ones with marks between thousands; decimals of a whole number of smallest parts.
  const group = (text) => text.replace(/\B(?=(\d{3})+$)/g, marks[1]);
  const whole = (n) => (n < 0 ? "-" : "") + group(String(Math.abs(n)));
  const decimal = (n, from, places) => {
    const unit = 10 ** (from - places);
    const digits = String(Math.floor((Math.abs(n) + unit / 2) / unit)).padStart(places + 1, "0");
    const rest = places ? marks[0] + digits.slice(-places) : "";
    return (n < 0 ? "-" : "") + group(digits.slice(0, digits.length - places)) + rest;
  };
  const trimmed = (n, from) => {
    const text = decimal(n, from, from);
    return text.replace(/0+$/, "").replace(/\D$/, "");
  };
  const LINKS = ["people", "openings", "hosts"];
  const NUMBERS = ["number", "points"];
  const told = (kind, value) => {
    if (value === null || value === "") return "";
    if (kind === "number") return whole(value);
    if (kind === "points") return decimal(value, 4, 2);
    if (kind === "day") return packet.days[value];
    if (kind === "state") return value[1];
    if (kind === "list") return value.join("; ");
    return Array.isArray(value) ? value[2] || value[0] : value;
  };
  const anchor = (kind, key) => `#${kind}/${encodeURIComponent(key)}`;
  const address = (kind, [key, number]) => {
    if (!number || (page.here && page.here[0] === kind && page.here[1] === number)) return anchor(kind, key);
    return `${page.folder}${kind}-${String(number).padStart(4, "0")}.html${anchor(kind, key)}`;
  };
  const sign = (state) => make("span", { class: `sign ${state}`, "aria-hidden": "true" }, signs[state] ?? "");
  const show = (kind, value) => {
    const text = told(kind, value);
    if (text === "") return [make("span", { class: "none" }, NONE)];
    if (LINKS.includes(kind) && Array.isArray(value)) return [make("a", { href: address(kind, value) }, text)];
    if (kind === "day") return [make("span", { class: kind }, text)];
    if (kind === "state") return [make("span", { class: kind }, sign(value[0]), text)];
    if (kind === "list" && value.length > 1)
      return [make("ul", { class: "short" }, ...value.map((one) => make("li", {}, one)))];
    return [text];
  };

  // Tables keep their roles where a narrow screen shows each row as a block.
  const tableOf = (name, head, body, more = {}) =>
    make("table", { role: "table", "aria-label": name, ...more },
      make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, ...head)), body);
  const bodyOf = (...rows) => make("tbody", { role: "rowgroup" }, ...rows);
  const rowOf = (cells, more = {}) => make("tr", { role: "row", ...more }, ...cells);
  const headOf = (text, more = {}) => make("th", { role: "columnheader", scope: "col", ...more }, text);
  const cellOf = (title, nodes, more = {}) => make("td", { role: "cell", "data-title": title, ...more }, ...nodes);
  const scrolled = (name, table) => make("div", { class: "wide", role: "group", "aria-label": name, tabindex: "0" }, table);

  const drawTable = (heading, rows, form) => {
    const fields = tables[form];
    const side = (kind) => ({ class: NUMBERS.includes(kind) ? "number" : null });
    const head = fields.map(([name, kind]) => headOf(name, side(kind)));
    const lines = rows.map((row) => rowOf(fields.map(([name, kind], at) => cellOf(name, show(kind, row[at]), side(kind)))));
    return scrolled(heading, tableOf(heading, head, bodyOf(...lines)));
  };
  const drawFacts = (heading, facts) => make("dl", { class: "facts" }, ...facts.map(([name, kind, value]) =>
    make("div", {}, make("dt", {}, name), make("dd", {}, ...show(kind, value)))));
  const drawList = (heading, lines) => lines.length === 1 ? make("p", {}, lines[0])
    : make("ul", {}, ...lines.map((line) => make("li", {}, line)));

  // A bar from where the last one ended, before all that could have been reached; sums start anew.
  const drawBar = ([kind, , start, end, high, reach], scale) => {
    const part = (look, from, to) =>
      shape("rect", { class: look, x: from, y: 2, width: Math.max(to - from, 0), height: 12 });
    return shape("svg", { class: "bar", viewBox: `0 0 ${scale} 16`, preserveAspectRatio: "none", "aria-hidden": "true" },
      part("reach", start, reach), part(`gained ${kind}`, start, end),
      ...(high > end ? [part("open", end, high)] : []));
  };
  const drawWaterfall = (heading, bars) => {
    const scale = Math.max(...bars.map((bar) => bar[5]), 1);
    let part = "fit";
    const lines = bars.map((bar) => {
      const [kind, name, start, end, high, reach, value, low, most, weight] = bar;
      const line = kind === "line";
      if (line) bar = [part, ...bar.slice(1)];
      if (kind === "fit") part = "consideration";
      const ends = [low, most].map((n) => line ? decimal(n, 3, 3) : decimal(n, 4, 2));
      const range = low === most ? [] : [make("span", { class: "range" }, fill(label.between, { low: ends[0], high: ends[1] }))];
      const terms = [line ? `${decimal(value, 3, 3)} × ${trimmed(weight, 1)}` : fill(label.of, { of: trimmed(reach - start, 4) }), ...range];
      return rowOf([
        make("th", { role: "rowheader", scope: "row" }, name),
        cellOf(label.bar, [drawBar(bar, scale)], { class: "track" }),
        cellOf(label.terms, terms, { class: "terms" }),
        cellOf(label.points, [decimal(end - start, 4, 4)], { class: "number" }),
      ], { class: line ? null : kind === "total" ? "sum total" : "sum" });
    });
    const scaleOf = make("span", { class: "scale" }, make("span", {}, "0"), make("span", {}, trimmed(scale, 4)));
    const head = [headOf(label.criterion), headOf(scaleOf, { class: "track" }), headOf(label.terms), headOf(label.points, { class: "number" })];
    const look = (name) => make("li", {}, make("span", { class: `look ${name}`, "aria-hidden": "true" }), label[name]);
    return make("div", {}, scrolled(heading, tableOf(heading, head, bodyOf(...lines), { class: "waterfall" })),
      make("ul", { class: "looks" }, ...["gained", "reach", "open"].map(look)));
  };
  const drawGrounds = (heading, grounds) => make("details", { class: "fold paper" }, make("summary", {}, heading),
    make("dl", { class: "grounds" }, ...grounds.flatMap(([name, facts]) => [make("dt", {}, name), make("dd", {}, drawList(name, facts))])));
  const drawings = { grounds: drawGrounds, facts: drawFacts, list: drawList, table: drawTable, waterfall: drawWaterfall };
  const drawBlock = ([kind, heading, value, form]) => make("section", { class: `block of-${kind}` },
    ...(heading && kind !== "grounds" ? [make("h4", {}, heading)] : []), drawings[kind](heading, value, form));

  class List {
    constructor(name, root) {
      Object.assign(this, forms[name], { name, root, rows: page.rows[name], opened: new Set(), filter: new Map() });
      this.byKey = new Map(this.rows.map((row, at) => [row[0], at]));
      this.away = !cards[name];
      this.sort = null;
      this.limit = STEP;
      this.drawTools();
      this.update();
      root.addEventListener("keydown", (event) => event.key === "Escape" && this.escape(event));
    }
    text(at, field) { return told(this.fields[field][1], this.rows[at][field]); }
    hay(at) {
      this.hays ??= this.rows.map((row, at) => fold(this.fields.map((_, field) => this.text(at, field)).join("\n")));
      return this.hays[at];
    }
    drawTools() {
      const id = (what) => `${this.name}-${what}`;
      this.search = make("input", { id: id("search"), type: "search", autocomplete: "off", spellcheck: "false", input: () => this.renew() });
      const pick = (what, name, choices, changed) => {
        const select = make("select", { id: id(what), change: () => { changed(select.value); this.renew(); } },
          ...choices.map(([value, text]) => make("option", { value }, text)));
        return [make("div", { class: "tool" }, make("label", { for: id(what) }, name), select), select];
      };
      const filters = this.filters.map((field) => this.drawFilter(field, pick)).filter(Boolean);
      this.selects = filters.map(([, select]) => select);
      const [sorts, select] = pick("sort", label.sort, [["", label.unsorted], ...this.fields.flatMap(([name], field) =>
        [[`${field}+`, `${name} ↑`], [`${field}-`, `${name} ↓`]])], (value) => {
        this.sort = value ? [parseInt(value, 10), value.endsWith("+") ? 1 : -1] : null;
      });
      this.sorter = select;
      this.status = make("p", { class: "status", role: "status" });
      this.reset = make("button", { type: "button", class: "quiet", click: () => { this.clear(); this.search.focus(); } }, label.clear);
      this.holder = make("div", { class: "holder" });
      this.more = make("button", { type: "button", click: () => { this.limit += STEP; this.update(); } }, label.more);
      this.root.append(
        make("div", { class: "tools", role: "search", "aria-label": this.title },
          make("div", { class: "tool grow" }, make("label", { for: id("search") }, label.search), this.search),
          ...filters.map(([node]) => node), sorts),
        make("div", { class: "line" }, this.status, this.reset), this.holder, this.more);
    }
    drawFilter(field, pick) {
      const [name, kind] = this.fields[field], counts = new Map();
      const values = (at) => kind === "list" ? this.rows[at][field] : [this.text(at, field)];
      this.rows.forEach((_, at) => values(at).forEach((value) => counts.set(value, (counts.get(value) ?? 0) + 1)));
      if (counts.size < (kind === "list" ? 1 : 2) || counts.size > MOST_CHOICES) return null;
      const choices = [...counts].sort(([a], [b]) => collator.compare(a, b)).map(([value, n]) => [`=${value}`, `${value || label.none} (${whole(n)})`]);
      return pick(`filter-${field}`, name, [["", label.all], ...choices], (value) => {
        if (value) this.filter.set(field, (at) => values(at).includes(value.slice(1)));
        else this.filter.delete(field);
      });
    }
    clear() {
      this.search.value = "";
      this.filter.clear();
      this.selects.forEach((select) => { select.value = ""; });
      this.renew();
    }
    renew() { this.limit = STEP; this.update(); }
    compare(field, down) {
      const kind = this.fields[field][1];
      const value = (at) => {
        const raw = this.rows[at][field];
        if (raw === null || raw === "") return null;
        return kind === "state" ? order.indexOf(raw[0]) : NUMBERS.includes(kind) || kind === "day" ? raw : this.text(at, field) || null;
      };
      const plain = (a, b) => typeof a === "number" ? a - b : kind === "day" ? (a < b ? -1 : a > b ? 1 : 0) : collator.compare(a, b);
      return (one, other) => {
        const a = value(one), b = value(other);
        if (a === null || b === null) return a === b ? one - other : a === null ? 1 : -1;
        return plain(a, b) * down || one - other;
      };
    }
    found() {
      const words = fold(this.search.value).split(/\s+/).filter(Boolean);
      const kept = [...this.rows.keys()].filter((at) =>
        [...this.filter.values()].every((test) => test(at)) && (!words.length || words.every((word) => this.hay(at).includes(word))));
      return this.sort ? kept.sort(this.compare(...this.sort)) : kept;
    }
    update(focus = null) {
      this.shown = this.found();
      const part = this.shown.slice(0, this.limit);
      const head = this.columns.map(([field]) => this.drawHead(field));
      this.body = bodyOf();
      part.forEach((at) => this.body.append(...this.drawRow(at)));
      this.holder.replaceChildren(part.length ? scrolled(this.title, tableOf(this.title, head, this.body, { class: "rows" })) : make("p", { class: "empty" }, label.nothing));
      this.status.textContent = fill(label.shown, { n: whole(part.length), found: whole(this.shown.length), all: whole(this.rows.length) });
      this.reset.hidden = !this.search.value && !this.filter.size;
      this.more.hidden = part.length >= this.shown.length;
      this.sorter.value = this.sort ? this.sort[0] + (this.sort[1] > 0 ? "+" : "-") : "";
      if (focus !== null) this.holder.querySelector(`[data-field="${focus}"]`)?.focus();
    }
    drawHead(field) {
      const [name] = this.fields[field], [sorted, down] = this.sort ?? [];
      const said = sorted === field ? (down > 0 ? "ascending" : "descending") : null;
      const mark = make("span", { class: "mark-of-sort", "aria-hidden": "true" }, said ? (down > 0 ? "▲" : "▼") : "↕");
      const button = make("button", { type: "button", "data-field": field, click: () => {
        this.sort = sorted !== field ? [field, 1] : down > 0 ? [field, -1] : null;
        this.update(field);
      } }, make("span", {}, name), mark);
      return headOf(button, { "aria-sort": said });
    }
    drawRow(at) {
      const row = this.rows[at], opened = this.opened.has(at);
      const line = (field, first) => {
        const [name, kind] = this.fields[field];
        if (first) return make("div", {}, ...show(kind, row[field]));
        if (!row[field] || !told(kind, row[field])) return "";
        return make("div", { class: "under" }, ...(NUMBERS.includes(kind) || kind === "day" ? [`${name} `] : []), ...show(kind, row[field]));
      };
      const cells = this.columns.map((fields, place) => {
        const [name] = this.fields[fields[0]];
        if (place) return cellOf(name, fields.map((field, nth) => line(field, !nth)));
        const key = this.away
          ? make("a", { href: address(this.name, [row[0], Math.floor(at / page.size) + 1]), class: "key" }, row[0])
          : make("button", { type: "button", class: "key", id: `row-${this.name}-${at}`, "aria-expanded": String(opened), "aria-controls": `card-${this.name}-${at}`, click: () => this.toggle(at) },
            make("span", { class: "arrow", "aria-hidden": "true" }), row[0]);
        return make("th", { role: "rowheader", scope: "row" }, key, ...fields.slice(1).map((field) => line(field, false)));
      });
      const drawn = rowOf(cells, { class: opened ? "opened" : null });
      return opened ? [drawn, this.drawCard(at)] : [drawn];
    }
    drawCard(at) {
      const row = this.rows[at], id = `card-${this.name}-${at}`;
      const name = this.fields[1] && this.fields[1][1] === "text" ? row[1] : "";
      const card = make("article", { class: "card", "aria-labelledby": `title-${id}` },
        make("header", {}, make("h3", { id: `title-${id}` }, `${row[0]} ${name}`.trim()),
          make("div", { class: "buttons" },
            make("button", { type: "button", class: "quiet", click: () => printCard(this, id) }, label.print),
            make("button", { type: "button", class: "quiet", click: () => this.toggle(at) }, label.close))),
        make("div", { class: "blocks" }, ...unpack(cards[this.name][at]).map(drawBlock)));
      return rowOf([make("td", { role: "cell", colspan: this.columns.length }, card)], { class: "card-row", id });
    }
    toggle(at) {
      const button = document.getElementById(`row-${this.name}-${at}`), line = button.closest("tr");
      const opened = !this.opened.delete(at);
      if (opened) { this.opened.add(at); line.after(this.drawCard(at)); }
      else { document.getElementById(`card-${this.name}-${at}`).remove(); button.focus(); }
      button.setAttribute("aria-expanded", String(opened));
      line.classList.toggle("opened", opened);
      remember(opened ? anchor(this.name, this.rows[at][0]) : `#${this.name}`);
    }
    escape(event) {
      event.preventDefault();
      if (event.target === this.search && this.search.value) { this.search.value = ""; this.renew(); return; }
      const line = event.target.closest("tr.card-row, tr.opened");
      if (!line) return;
      const card = line.classList.contains("opened") ? line.nextElementSibling : line;
      this.toggle(Number(card.id.split("-").pop()));
    }
    reveal(key) {
      const at = this.byKey.get(key);
      if (at === undefined) return false;
      if (this.away) { location.href = address(this.name, [key, Math.floor(at / page.size) + 1]); return true; }
      if (!this.shown.includes(at)) this.clear();
      this.limit = Math.max(this.limit, this.shown.indexOf(at) + 1);
      this.opened.add(at);
      this.update();
      const button = document.getElementById(`row-${this.name}-${at}`);
      button.focus({ preventScroll: true });
      button.closest("tr").scrollIntoView({ block: "start" });
      return true;
    }
  }

  const remember = (hash) => { try { history.replaceState(null, "", hash); } catch { /* some viewers keep none */ } };
  const printCard = (list, id) => {
    const marked = [document.documentElement, list.root.closest(".view"), document.getElementById(id)];
    marked.forEach((node) => node.classList.add("alone"));
    window.print();
    marked.forEach((node) => node.classList.remove("alone"));
  };
  const views = [...document.querySelectorAll(".view")];
  const showView = (name) => {
    views.forEach((view) => view.classList.toggle("shown", view.id === name));
    document.querySelectorAll(".tabs a").forEach((link) => {
      link.ariaCurrent = link.hash === `#${name}` ? "page" : null;
    });
    build(name);
  };
  const build = (name) => {
    const root = document.querySelector(`[data-list="${name}"]`);
    if (root && !lists[name]) lists[name] = new List(name, root);
    return lists[name];
  };
  const holding = (key) => Object.keys(page.rows).find((name) => page.rows[name].some((row) => row[0] === key));
  const decode = (text) => { try { return decodeURIComponent(text); } catch { return text; } };
  const route = (start) => {
    const hash = location.hash.slice(1), cut = hash.indexOf("/");
    const kind = cut > 0 && Object.hasOwn(page.rows, hash.slice(0, cut)) ? hash.slice(0, cut) : null;
    if (!kind && views.some((view) => view.id === hash)) {
      showView(hash);
      window.scrollTo(0, 0);
      return;
    }
    const key = decode(kind ? hash.slice(cut + 1) : hash), name = kind ?? (key && holding(key));
    if (name) { showView(name); lists[name].reveal(key); return; }
    if (start) showView(views[0].id);
  };
  document.documentElement.classList.add("scripted");
  window.addEventListener("hashchange", () => route(false));
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && link.hash === location.hash) route(false);
  });
  // Paper shows the lists, and what is folded up on the first screen.
  let unfolded = [];
  window.addEventListener("beforeprint", () => {
    if (document.documentElement.classList.contains("alone")) return;
    for (const list of Object.keys(page.rows).map(build)) if (!list.away) { list.limit = Infinity; list.update(); }
    unfolded = [...document.querySelectorAll("details.paper:not([open])")];
    unfolded.forEach((one) => { one.open = true; });
  });
  window.addEventListener("afterprint", () => unfolded.forEach((one) => { one.open = false; }));
  route(true);
})();
