// What a session will do, as a person writes it: one step a line, the minute first.
export interface PlanStep {
  minute: number;
  title: string;
}

const LINE = /^\s*(\d{1,4})[.:)]?\s+(.+?)\s*$/;

/** The steps of what was written, or null where a line is not one. Empty lines are passed over. */
export function parsePlan(text: string): PlanStep[] | null {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const steps = lines.map((line) => LINE.exec(line));
  if (steps.some((step) => step === null)) return null;
  return steps.map((step) => ({ minute: Number(step?.[1]), title: step?.[2] ?? "" }));
}

/** How it is written. */
export function planText(steps: PlanStep[]): string {
  return steps.map(({ minute, title }) => `${minute} ${title}`).join("\n");
}
