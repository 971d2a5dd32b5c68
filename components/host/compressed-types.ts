import { Web } from "../app/web";

/** The content types of answers that are compressed: what pays, and what the host names beside it. */
export const compressedTypes = ({ compressTypes = [] }: Web): string[] => [
  ...new Set([...compressible, ...compressTypes]),
];

const compressible = [
  "text/html",
  "application/atom+xml",
  "application/geo+json",
  "application/javascript",
  "application/json",
  "application/ld+json",
  "application/manifest+json",
  "application/rss+xml",
  "application/wasm",
  "application/xhtml+xml",
  "application/xml",
  "font/otf",
  "font/ttf",
  "image/svg+xml",
  "text/calendar",
  "text/css",
  "text/csv",
  "text/javascript",
  "text/markdown",
  "text/plain",
  "text/xml",
];
