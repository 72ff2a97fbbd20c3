// All the zones that the browser knows, by name.
import type { ComponentProps } from "react";

import { Select } from "./ui/field";

const ZONES = Intl.supportedValuesOf("timeZone");

export function ZoneSelect({ defaultValue, ...props }: Omit<ComponentProps<typeof Select>, "children">) {
  const zones = ZONES.includes("UTC") ? ZONES : ["UTC", ...ZONES];
  return (
    <Select {...props} {...(defaultValue !== undefined && { defaultValue })}>
      {zones.map((zone) => (
        <option key={zone} value={zone}>
          {zone.replaceAll("_", " ")}
        </option>
      ))}
    </Select>
  );
}
