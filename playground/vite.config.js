import { defineConfig } from "vite";

// The page is served at /graphql, its files below /playground/.
export default defineConfig({
  base: "/playground/",
  server: { fs: { allow: [".."] } },
  build: { chunkSizeWarningLimit: 8192, sourcemap: false },
});
