// The organisation: our mark and its name.
import { organisation } from "../lib/account";

export function Mark({ size = 40 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 40 40" aria-hidden focusable="false" className="shrink-0">
      <rect width="40" height="40" rx="11" fill="var(--mark-bg)" />
      <path d="M10 26a10 10 0 0 1 20 0z" fill="var(--sun)" />
      <path d="M6.5 29.5h27" stroke="var(--mark-fg)" strokeWidth="2.6" strokeLinecap="round" />
      <path
        d="M20 9v3.4M8.8 14.6l2.4 2.4M31.2 14.6 28.8 17"
        stroke="var(--sun)"
        strokeWidth="2.4"
        strokeLinecap="round"
      />
    </svg>
  );
}

export function Organisation() {
  return (
    <>
      <Mark />
      <span>{organisation()}</span>
    </>
  );
}
