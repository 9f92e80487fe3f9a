import { expect, test } from "vitest";

import { fromAddress, toAddress } from "../src/address";
import { START, type State } from "../src/state";

const FULL: State = {
  concept: "control/motor unit & more",
  line: 25,
  depth: 3,
  camera: { x: -120, y: 44, scale: 0.25 },
  path: { from: "a", to: "b", number: 2, avoid: ["c,d", "e"], through: ["f=g"] },
  pane: "path",
  cluster: "c2",
  hidden: ["c1", "c1.2"],
  other: "s4",
  unshown: ["Sleep & dreams"],
  since: "day",
  filters: {
    topics: ["c3"],
    folders: ["", "a & b/c"],
    tags: ["x=1"],
    relations: ["PART_OF"],
    videos: ["-wIt_WsJGfw"],
    kind: "notes",
    least: 2,
    most: 50,
  },
  table: true,
  console: false,
  query: "MATCH (n)\nRETURN n // &#?=",
  legend: true,
};

test("what an address tells is the state that it was made from", () => {
  expect(fromAddress(`#${toAddress(FULL)}`)).toEqual(FULL);
  expect(fromAddress(toAddress({ ...START, path: { ...FULL.path!, to: null } })).path?.to).toBeNull();
});

test("at the start the address is empty", () => {
  expect(toAddress(START)).toBe("");
  expect(fromAddress("")).toEqual(START);
});

test("no more different paths are asked for than there is an answer to", () => {
  expect(fromAddress("from=a&to=b&number=5000").path?.number).toBe(100);
});

test.each(["at=1,2", "at=1,2,0", "at=x,y,1", "depth=9", "pane=shell", "line=-3", "line=1e9", "to=b", "concept=", "from=&to=b", "cluster=", "side", "kind=all", "links=2", "links=-", "links=a-b", "tag=&relation=&video=&only="])(
  "what is wrong in an address is as at the start: %s",
  (told) => {
    expect(fromAddress(`#${told}`)).toEqual(START);
  },
);
