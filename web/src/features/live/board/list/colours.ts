/** Names for colours: the drawing program's palette, and for any other colour the nearest of it. */
import { msg } from "@lingui/core/macro";
import type { MessageDescriptor } from "@lingui/core";

export type Colour =
  | "black" | "grey" | "white" | "red" | "pink" | "purple" | "blue" | "turquoise" | "green" | "yellow" | "orange" | "brown"; // prettier-ignore

export const COLOUR_WORDS: Record<Colour, MessageDescriptor> = {
  black: msg`black`,
  grey: msg`grey`,
  white: msg`white`,
  red: msg`red`,
  pink: msg`pink`,
  purple: msg`purple`,
  blue: msg`blue`,
  turquoise: msg`turquoise`,
  green: msg`green`,
  yellow: msg`yellow`,
  orange: msg`orange`,
  brown: msg`brown`,
};

const PALETTE: [Colour, string][] = [
  ["black", "000000 1e1e1e 343a40 1e2142"],
  ["grey", "e9ecef ced4da 868e96"],
  ["white", "ffffff f8f9fa fffefa"],
  ["red", "fa5252 e03131 ff8787 c92a2a b3372a fbd3cc"],
  ["pink", "fff5f5 ffc9c9 fff0f6 fcc2d7 f783ac e64980 c2255c"],
  ["purple", "f8f0fc eebefa da77f2 be4bdb 9c36b5 f3f0ff d0bfff 9775fa 7950f2 6741d9 6b3fa0 e4dcf4"],
  ["blue", "e7f5ff a5d8ff 4dabf7 228be6 1971c2 2b3fae 2f55b8 cfe0fa"],
  ["turquoise", "e3fafc 99e9f2 3bc9db 15aabf 0c8599 e6fcf5 96f2d7 38d9a9 12b886 099268"],
  ["green", "ebfbee b2f2bb 69db7c 40c057 2f9e44 1f6b4c cfe6d3"],
  ["yellow", "fff9db ffec99 ffd43b fab005 ffff00 8a6400 ffe08a"],
  ["orange", "fff4e6 ffd8a8 ffa94d fd7e14 e8590c f08c00 a85208 ffdcb8"],
  ["brown", "f8f1ee eaddd7 d2bab0 a18072 846358 8b4513"],
];
const KNOWN = PALETTE.flatMap(([name, shades]) =>
  shades.split(" ").map((hex) => [name, parts(hex)] as const),
);

/** What a person would call it; null: nothing is to be seen. */
export function colourOf(hex: unknown): Colour | null {
  if (typeof hex !== "string" || !hex.startsWith("#") || hex.slice(7) === "00") return null;
  const [r, g, b] = parts(hex.slice(1, 7));
  let best: { name: Colour; far: number } = { name: "black", far: Infinity };
  for (const [name, [kr, kg, kb]] of KNOWN) {
    // The eye is finest in green, and in red or blue depending on how much red there is.
    const red = (r + kr) / 2 / 256;
    const far = (2 + red) * (r - kr) ** 2 + 4 * (g - kg) ** 2 + (3 - red) * (b - kb) ** 2;
    if (far < best.far) best = { name, far };
  }
  return best.name;
}

function parts(hex: string): [number, number, number] {
  const all = parseInt(hex, 16);
  return [all >> 16, (all >> 8) & 255, all & 255];
}

/** What can be chosen: light for the ground of notes and shapes, strong for lines and letters. */
export const GROUNDS: [Colour, string][] = [
  ["yellow", "#ffec99"],
  ["orange", "#ffd8a8"],
  ["pink", "#ffc9c9"],
  ["purple", "#d0bfff"],
  ["blue", "#a5d8ff"],
  ["green", "#b2f2bb"],
  ["grey", "#e9ecef"],
  ["white", "#ffffff"],
];
export const INKS: [Colour, string][] = [
  ["black", "#1e1e1e"],
  ["red", "#e03131"],
  ["orange", "#e8590c"],
  ["green", "#2f9e44"],
  ["blue", "#1971c2"],
  ["purple", "#6741d9"],
  ["grey", "#868e96"],
];
