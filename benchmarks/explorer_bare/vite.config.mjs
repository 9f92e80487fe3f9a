import { join } from "node:path";

const packages = join(import.meta.dirname, "../../graphkit/explorer/frontend/node_modules");

/** Built by what the explorer's page is built by, of the same packages. */
export default {
  root: import.meta.dirname,
  logLevel: "warn",
  resolve: {
    alias: Object.fromEntries(["graphology", "sigma"].map((name) => [name, join(packages, name)])),
  },
  build: { modulePreload: { polyfill: false }, target: "es2022" },
};
