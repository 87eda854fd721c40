// What is wrong with the page, as a list of sentences.
(() => {
  const faults = [];
  const width = document.documentElement.clientWidth;
  const scrolls = (element) => element.closest("pre, table");

  if (document.scrollingElement.scrollWidth > width) {
    faults.push(`the page is ${document.scrollingElement.scrollWidth} wide, not ${width}`);
  }
  for (const element of document.querySelectorAll("#qa *")) {
    const box = element.getBoundingClientRect();
    const holder = scrolls(element);
    const within = holder && holder !== element;
    if (!within && box.width > 0 && (box.right > width + 0.5 || box.left < -0.5)) {
      faults.push(`<${element.localName}> reaches from ${box.left} to ${box.right} of ${width}`);
    }
    if (element.localName === "img" && !(element.complete && element.naturalWidth > 0)) {
      faults.push(`${element.getAttribute("src")} does not load`);
    }
  }

  const parse = (color) => {
    const parts = color.match(/[\d.]+/g).map(Number);
    return [parts[0], parts[1], parts[2], parts[3] ?? 1];
  };
  const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3]));
  const background = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      layers.push(parse(getComputedStyle(at).backgroundColor));
      if (layers.at(-1)[3] === 1) break;
    }
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255]);
  };
  const luminance = (color) => {
    const [r, g, b] = color.map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let texts = 0;
  while (walker.nextNode()) {
    const text = walker.currentNode;
    const element = text.parentElement;
    if (!text.data.trim() || ["STYLE", "SCRIPT"].includes(element.tagName)) continue;
    texts += 1;
    const below = background(element);
    const color = over(parse(getComputedStyle(element).color), below);
    const [light, dark] = [luminance(color), luminance(below)].sort((a, b) => b - a);
    const contrast = (light + 0.05) / (dark + 0.05);
    if (contrast < 4.5) faults.push(`contrast ${contrast.toFixed(2)}: ${text.data.trim().slice(0, 40)}`);
  }
  if (texts === 0) faults.push("the page shows no text");
  return faults;
})()
