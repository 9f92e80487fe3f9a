import { defineConfig } from "vitest/config";

export default defineConfig({
  base: "/",
  logLevel: "warn",
  build: {
    outDir: "../static",
    emptyOutDir: true,
    // The page's own rules allow scripts and styles only as files of the server.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    cssCodeSplit: false,
    target: "es2022",
    sourcemap: false,
    license: { fileName: "assets/licenses.md" },
  },
  test: { include: ["units/**/*.test.ts"] },
});
