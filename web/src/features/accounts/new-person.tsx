// A new person. Without an email address they come in by their personal join link.
import { zodResolver } from "@hookform/resolvers/zod";
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import * as z from "zod/mini";

import { Button } from "../../components/ui/button";
import { Dialog } from "../../components/ui/dialog";
import { Select, TextField } from "../../components/ui/field";
import { Failed } from "../../components/ui/loaded";
import { PasswordField } from "../../components/ui/password-field";
import type { User } from "../../contract/types";
import { api } from "../../lib/api";
import { fieldProblem } from "../../lib/problems";

export function NewPerson({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const shape = z.object({
    name: z.string().check(z.trim(), z.minLength(1, t`Write the name of the person.`)),
    email: z
      .string()
      .check(z.trim(), z.regex(/^$|.+@.+\..+/, t`Write an address like rosa@example.org, or nothing.`)),
    role: z.enum(["participant", "instructor", "admin"]),
    password: z
      .string()
      .check(z.regex(/^$|^.{10,}$/s, t`Use at least 10 characters. A short sentence works well.`)),
  });
  const form = useForm<z.infer<typeof shape>>({
    resolver: zodResolver(shape),
    mode: "onTouched",
    defaultValues: { name: "", email: "", role: "participant", password: "" },
  });
  const add = useMutation({
    mutationFn: ({ name, role, email, password }: z.infer<typeof shape>) =>
      api<User>("POST", "/users", {
        body: { name, role, ...(email && { email }), ...(password && { password }) },
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["users"] });
      onClose();
    },
  });
  const wrong = (field: "name" | "email" | "role" | "password") =>
    form.formState.errors[field]?.message ?? fieldProblem(add.error, field);
  return (
    <Dialog kind="sheet" title={t`Add a person`} onClose={onClose}>
      <form
        className="form"
        noValidate
        onSubmit={(event) => void form.handleSubmit((given) => add.mutate(given))(event)}
      >
        {add.error && <Failed error={add.error} />}
        <TextField label={t`Name`} autoComplete="off" {...form.register("name")} error={wrong("name")} />
        <Select label={t`Role`} {...form.register("role")} error={wrong("role")}>
          <option value="participant">{t`Participant`}</option>
          <option value="instructor">{t`Instructor`}</option>
          <option value="admin">{t`Administrator`}</option>
        </Select>
        <TextField
          label={t`Email address`}
          hint={t`Participants can do without: they use a personal link.`}
          type="email"
          autoComplete="off"
          {...form.register("email")}
          error={wrong("email")}
        />
        <PasswordField
          label={t`First password`}
          hint={t`At least 10 characters. They can change it later.`}
          autoComplete="new-password"
          {...form.register("password")}
          error={wrong("password")}
        />
        <div className="actions">
          <Button type="submit" look="primary" busy={add.isPending && <Trans>Adding</Trans>}>
            <Trans>Add this person</Trans>
          </Button>
          <Button onClick={onClose}>
            <Trans>Do not add</Trans>
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
