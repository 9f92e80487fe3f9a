/** What the explorer is measured against: sigma as it comes, every concept and every link at once. */

import { UndirectedGraph } from "graphology";
import Sigma from "sigma";
import { Graph } from "../../graphkit/explorer/frontend/src/graph";

const COLOURS = ["#4e79a7", "#f28e2b", "#e15759", "#76b7b2", "#59a14f", "#edc948", "#b07aa1", "#9c755f"];

async function start(): Promise<void> {
  const graph = new Graph(await (await fetch("/api/map")).arrayBuffer());
  const drawn = new UndirectedGraph({ multi: false, allowSelfLoops: false });
  for (let one = 0; one < graph.size; one += 1) {
    drawn.addNode(String(one), {
      x: graph.x[one]!,
      y: -graph.y[one]!,
      size: 2 + Math.sqrt(graph.degree[one]!) / 2,
      color: COLOURS[graph.cluster[one]! % COLOURS.length]!,
      label: graph.title(one),
    });
  }
  for (let one = 0; one < graph.size; one += 1) {
    for (const other of graph.neighbours(one)) if (other > one) drawn.addEdge(String(one), String(other));
  }
  show(drawn);
}

function show(drawn: UndirectedGraph): void {
  const sigma = new Sigma(drawn, document.getElementById("map")!); // draws before it returns
  const camera = sigma.getCamera();
  const pixels = (): number => {
    const [left, right] = [sigma.graphToViewport({ x: 0, y: 0 }), sigma.graphToViewport({ x: 1000, y: 0 })];
    return ((right.x - left.x) / 1000) * camera.ratio;
  };
  Object.assign(window, {
    graphkitTest: {
      ready: true,
      drawn: () => ({ notes: drawn.order, links: drawn.size }),
      setCamera: (x: number, y: number, scale: number) => {
        const middle = sigma.viewportToFramedGraph(sigma.graphToViewport({ x, y: -y }));
        camera.setState({ ...middle, ratio: pixels() / scale });
      },
    },
  });
}

void start();
