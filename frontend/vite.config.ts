import { defineConfig } from "vite";
import { land } from "./shapes/land.mjs";

export default defineConfig({
  plugins: [land()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "../src/rashomon/web/static",
    emptyOutDir: true,
    // The content security policy allows no inline code and no data: scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2022",
    chunkSizeWarningLimit: 1200,
  },
  server: { proxy: { "/api": "http://127.0.0.1:8611", "/openapi.json": "http://127.0.0.1:8611" } },
});
