/**
 * The order in which things are drawn: "fractional" index strings, as the drawing program keeps them. The first letter
 * says how many digits the whole part has ("a0" to "az", then "b00"; downwards "Zz", "Yzz"); a fraction may follow.
 */
const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const SMALLEST = `A${"0".repeat(26)}`;

/** How long the whole part is with this first letter; 0: no such letter. */
function wholeLength(head: string): number {
  if (head >= "a" && head <= "z") return head.charCodeAt(0) - 97 + 2;
  if (head >= "A" && head <= "Z") return 90 - head.charCodeAt(0) + 2;
  return 0;
}

/** The drawing program throws on others. */
export function isIndex(text: string): boolean {
  const length = wholeLength(text.charAt(0));
  return (
    length > 0 &&
    text.length >= length &&
    text.length <= 200 &&
    /^[0-9A-Za-z]+$/.test(text) &&
    text !== SMALLEST &&
    !(text.length > length && text.endsWith("0"))
  );
}

/** On top of it; with nothing there, the first of all. */
export function indexAfter(last: string | null): string {
  if (last === null) return "a0";
  // There is always room behind, with a digit more, where the whole numbers end.
  return stepped(last.slice(0, wholeLength(last.charAt(0))), 1) ?? `${last}V`;
}

export function indexBefore(first: string | null): string {
  if (first === null) return "a0";
  const whole = first.slice(0, wholeLength(first.charAt(0)));
  if (whole < first && isIndex(whole)) return whole;
  return stepped(whole, -1) ?? first;
}

function stepped(whole: string, by: 1 | -1): string | null {
  const head = whole.charAt(0);
  const digits = [...whole.slice(1)];
  const [full, empty] = by === 1 ? ["z", "0"] : ["0", "z"];
  let at = digits.length - 1;
  while (at >= 0 && digits[at] === full) digits[at--] = empty;
  if (at >= 0) {
    digits[at] = DIGITS.charAt(DIGITS.indexOf(digits[at] ?? "") + by);
    const next = head + digits.join("");
    return next === SMALLEST ? null : next;
  }
  return carried(head, by, empty);
}

/** The digits ran over: the next letter, with as many digits as it has. */
function carried(head: string, by: 1 | -1, digit: string): string | null {
  if (head === (by === 1 ? "z" : "A")) return null;
  const next =
    head === "Z" && by === 1
      ? "a"
      : head === "a" && by === -1
        ? "Z"
        : String.fromCharCode(head.charCodeAt(0) + by);
  return next + digit.repeat(wholeLength(next) - 1);
}
