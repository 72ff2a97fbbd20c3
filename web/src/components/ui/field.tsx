// A field: label, hint, control, error; the words belong to the control for everybody who cannot see them beside it.
import { CircleAlert } from "lucide-react";
import { type ComponentProps, type ReactNode, useId } from "react";

interface Wired {
  id: string;
  "aria-describedby"?: string | undefined;
  "aria-invalid"?: true | undefined;
}

interface FieldProps {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  className?: string | undefined;
  children: (wired: Wired) => ReactNode;
}

export function Field({ label, hint, error, className, children }: FieldProps) {
  const id = useId();
  const said = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className={`field ${className ?? ""}`}>
      <label htmlFor={id}>{label}</label>
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children({ id, "aria-describedby": said || undefined, "aria-invalid": error ? true : undefined })}
      {error && (
        <p className="error" id={`${id}-error`}>
          <CircleAlert className="i" aria-hidden />
          <span>{error}</span>
        </p>
      )}
    </div>
  );
}

type Own = Pick<FieldProps, "label" | "hint" | "error" | "className">;

export function TextField({
  label,
  hint,
  error,
  className,
  ...input
}: Own & Omit<ComponentProps<"input">, "className">) {
  return (
    <Field {...{ label, hint, error, className }}>
      {(wired) => <input className="input" {...wired} {...input} />}
    </Field>
  );
}

export function TextArea({
  label,
  hint,
  error,
  className,
  ...input
}: Own & Omit<ComponentProps<"textarea">, "className">) {
  return (
    <Field {...{ label, hint, error, className }}>
      {(wired) => <textarea className="input" rows={4} {...wired} {...input} />}
    </Field>
  );
}

/**
 * The browser's own list of choices: it is what people know on touch screens, and it needs no style that a strict content
 * policy would refuse.
 */
export function Select({
  label,
  hint,
  error,
  className,
  children,
  ...input
}: Own & Omit<ComponentProps<"select">, "className">) {
  return (
    <Field {...{ label, hint, error, className }}>
      {(wired) => (
        <select className="input" {...wired} {...input}>
          {children}
        </select>
      )}
    </Field>
  );
}
