// Text and colours: theme, contrast and the size of the text, for this browser. Each choice acts at once.
import { Trans, useLingui } from "@lingui/react/macro";

import { choose, SIZES, useLook } from "../lib/look";
import { formatLocale } from "../lib/i18n";
import { Segmented } from "./ui/segmented";

export function LookControls() {
  const { t } = useLingui();
  const look = useLook();
  const percent = new Intl.NumberFormat(formatLocale(), { style: "percent" });
  return (
    <div className="grid gap-5">
      <div className="grid gap-2">
        <p className="font-semibold">
          <Trans>Colours</Trans>
        </p>
        <Segmented
          label={t`Colours`}
          value={look.theme ?? "system"}
          options={[
            { value: "system", label: t`As my device` },
            { value: "light", label: t`Light` },
            { value: "dark", label: t`Dark` },
          ]}
          onChange={(theme) => choose({ theme: theme === "system" ? undefined : theme })}
        />
      </div>
      <div className="grid gap-2">
        <p className="font-semibold">
          <Trans>Contrast</Trans>
        </p>
        <Segmented
          label={t`Contrast`}
          value={look.contrast ?? "normal"}
          options={[
            { value: "normal", label: t`Normal` },
            { value: "more", label: t`More` },
          ]}
          onChange={(contrast) => choose({ contrast: contrast === "more" ? "more" : undefined })}
        />
      </div>
      <div className="grid gap-2">
        <p className="font-semibold">
          <Trans>Size of text</Trans>
        </p>
        <Segmented
          label={t`Size of text`}
          value={String(look.size ?? 100)}
          options={SIZES.map((size) => ({ value: String(size), label: percent.format(size / 100) }))}
          onChange={(size) => choose({ size: Number(size) })}
        />
      </div>
    </div>
  );
}
