/** The colours and line widths of the board, by name. Each colour reaches 4.5:1 on the paper. */
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

export interface Colour {
  id: string;
  name: MessageDescriptor;
  /** Of lines and text. */
  line: string;
  /** Of a note, under dark text. */
  paper: string;
}

export const INK = "#1e2142";

export const COLOURS: Colour[] = [
  { id: "black", name: msg`Black`, line: INK, paper: "#fffefa" },
  { id: "red", name: msg`Red`, line: "#b3372a", paper: "#fbd3cc" },
  { id: "orange", name: msg`Orange`, line: "#a85208", paper: "#ffdcb8" },
  { id: "yellow", name: msg`Yellow`, line: "#8a6400", paper: "#ffe08a" },
  { id: "green", name: msg`Green`, line: "#1f6b4c", paper: "#cfe6d3" },
  { id: "blue", name: msg`Blue`, line: "#2f55b8", paper: "#cfe0fa" },
  { id: "purple", name: msg`Purple`, line: "#6b3fa0", paper: "#e4dcf4" },
];

export const FIRST_NOTE = "yellow";

export const WIDTHS = [
  { width: 2, name: msg`Thin` },
  { width: 4, name: msg`Medium` },
  { width: 8, name: msg`Thick` },
];
