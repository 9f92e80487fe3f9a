import { Sigma } from "sigma";
import { UndirectedGraph } from "graphology";

const stage = document.getElementById("map");
if (stage) new Sigma(new UndirectedGraph(), stage);
