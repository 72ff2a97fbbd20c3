// Name, pronouns, language and zone.
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useForm } from "react-hook-form";

import { Button } from "../../components/ui/button";
import { Select, TextField } from "../../components/ui/field";
import { Failed } from "../../components/ui/loaded";
import { say } from "../../components/ui/toast";
import type { Me } from "../../contract/types";
import { setMe } from "../../lib/account";
import { api } from "../../lib/api";
import { fieldProblem } from "../../lib/problems";
import { ZoneSelect } from "../../components/zone-select";

interface About {
  name: string;
  pronouns: string;
  locale: string;
  time_zone: string;
}

export function AboutMe({ me }: { me: Me }) {
  const { t } = useLingui();
  const form = useForm<About>({
    defaultValues: {
      name: me.name,
      pronouns: me.pronouns ?? "",
      locale: me.locale ?? "",
      time_zone: me.time_zone,
    },
  });
  const save = useMutation({
    mutationFn: (about: About) =>
      api<Me>("PATCH", "/me", {
        body: { ...about, pronouns: about.pronouns.trim() || null, locale: about.locale || null },
      }),
    onSuccess: (answer) => {
      setMe(answer);
      say(t`Saved. This is how others see you now.`);
    },
  });
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => void form.handleSubmit((about) => save.mutate(about))(event)}
    >
      {save.error && <Failed error={save.error} />}
      <div className="form-row">
        <TextField
          label={t`Your name`}
          autoComplete="name"
          {...form.register("name", {
            validate: (name) => name.trim() !== "" || t`Write the name you want to be called.`,
          })}
          error={form.formState.errors.name?.message ?? fieldProblem(save.error, "name")}
        />
        <TextField
          label={t`Pronouns`}
          hint={t`If you like, for example she/her.`}
          {...form.register("pronouns")}
          error={fieldProblem(save.error, "pronouns")}
        />
      </div>
      <div className="form-row">
        <Select label={t`Language`} {...form.register("locale")} error={fieldProblem(save.error, "locale")}>
          <option value="">{t`As my browser`}</option>
          <option value="en-GB">{t`English (United Kingdom)`}</option>
          <option value="en-US">{t`English (United States)`}</option>
          {/* A made-up language, to see right-to-left pages while working on them. */}
          {(import.meta.env.DEV || me.locale === "ar-XB") && (
            <option value="ar-XB">{t`Right to left (for testing)`}</option>
          )}
        </Select>
        <ZoneSelect
          label={t`Time zone`}
          hint={t`All times are shown in it.`}
          {...form.register("time_zone")}
          error={fieldProblem(save.error, "time_zone")}
        />
      </div>
      <div className="actions">
        <Button type="submit" look="primary" busy={save.isPending && <Trans>Saving</Trans>}>
          <Trans>Save</Trans>
        </Button>
      </div>
    </form>
  );
}
