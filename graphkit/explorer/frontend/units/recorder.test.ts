import { expect, test, vi } from "vitest";

import { fileName } from "../src/saving/download";
import { escaped, Recorder } from "../src/saving/recorder";

vi.stubGlobal("Path2D", class {});

test("what is drawn becomes shapes of the same place and size, whatever the screen's ratio", () => {
  const pen = new Recorder(2);
  pen.setTransform(1, 0, 0, 1, 20, 40);
  pen.beginPath();
  pen.arc(10, 10, 6, 0, 7);
  pen.fillStyle = "rgba(255,0,16,0.5)";
  pen.fill();
  expect(pen.text).toBe('<circle cx="15" cy="25" r="3" fill="#ff0010" fill-opacity="0.5"/>\n');
});

test("lines, dashes, and a pen that is put back", () => {
  const pen = new Recorder(1);
  pen.save();
  pen.setLineDash([4, 2]);
  pen.lineWidth = 3;
  pen.restore();
  pen.strokeStyle = "#123456";
  pen.beginPath();
  pen.moveTo(1, 2);
  pen.lineTo(3.456, 4);
  pen.stroke();
  expect(pen.text).toBe('<path d="M1 2L3.46 4" fill="none" stroke="#123456" stroke-width="1"/>\n');
});

test("a text with its halo is one element, in which nothing is markup", () => {
  const pen = new Recorder(1);
  pen.font = "650 12px system-ui, sans-serif";
  pen.strokeText("<b>&\u0007", 5, 6);
  pen.fillText("<b>&\u0007", 5, 6);
  expect(pen.text.match(/<text/g)).toHaveLength(1);
  expect(pen.text).toContain('paint-order="stroke"');
  expect(pen.text).toContain(">&#60;b&#62;&#38;\ufffd</text>");
});

test.each(["<script>", "\ud800", "a\u0000b", '" onload="x'])("nothing reaches out of a text: %j", (text) => {
  expect(escaped(text)).not.toMatch(/[<>"\u0000\ud800]/);
});

test("names of files are words", () => {
  expect(fileName("My vault", "Around „Schlaf“ / ../x")).toBe("my_vault-around_schlaf_x");
  expect(fileName("", "☃")).toBe("graphkit");
});
