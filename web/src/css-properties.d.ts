import "react";

declare module "react" {
  interface CSSProperties {
    /** Custom properties hand numbers to the style sheets. */
    [property: `--${string}`]: string | number | undefined;
  }
}
