// Buttons, and links that look like one. A busy button keeps its width and says what it does.
import { cva, type VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";

export const button = cva("btn", {
  variants: {
    look: {
      primary: "btn-primary",
      secondary: "btn-secondary",
      quiet: "btn-quiet",
      danger: "btn-danger",
      dangerFill: "btn-danger-fill",
      now: "btn-now",
      ghost: "btn-ghost",
    },
    size: { sm: "btn-sm", md: "", lg: "btn-lg" },
    wide: { true: "btn-wide" },
    icon: { true: "btn-icon" },
  },
  defaultVariants: { look: "secondary", size: "md" },
});

interface Props extends ComponentProps<"button">, VariantProps<typeof button> {
  /** What it is doing: "Saving". While it says so, further presses are ignored. */
  busy?: ReactNode;
}

export function Button({
  look,
  size,
  wide,
  icon,
  busy,
  className,
  children,
  onClick,
  type = "button",
  ...rest
}: Props) {
  return (
    <button
      type={type}
      className={button({ look, size, wide, icon, className })}
      aria-busy={busy ? true : undefined}
      aria-disabled={busy ? true : undefined}
      onClick={(event) => (busy ? event.preventDefault() : onClick?.(event))}
      {...rest}
    >
      {busy ? (
        <>
          <LoaderCircle className="i spin" aria-hidden /> {busy}
        </>
      ) : (
        children
      )}
    </button>
  );
}
