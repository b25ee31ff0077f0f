/* Fields of forms: a label, a hint, what is wrong, and the native element. */
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

type Common = {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly wrong?: string | undefined;
  readonly required?: boolean;
};

type Described = { readonly id: string; readonly "aria-describedby"?: string; readonly "aria-invalid"?: boolean };

function Framed({
  label,
  hint,
  wrong,
  children,
}: Common & { readonly children: (element: Described) => ComponentChildren }) {
  const id = useId();
  const notes = [hint === undefined ? "" : `${id}-hint`, wrong === undefined ? "" : `${id}-wrong`].filter(Boolean);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint !== undefined && (
        <span class="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {children({
        id,
        ...(notes.length === 0 ? {} : { "aria-describedby": notes.join(" ") }),
        ...(wrong === undefined ? {} : { "aria-invalid": true }),
      })}
      {wrong !== undefined && (
        <span class="wrong" id={`${id}-wrong`}>
          {wrong}
        </span>
      )}
    </div>
  );
}

type Text = Common & {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  readonly maxLength?: number;
};

/** One line. Nothing is remembered, corrected or sent to a spelling service by the browser. */
export function TextField({
  value,
  onChange,
  type = "text",
  placeholder,
  maxLength,
  required = false,
  ...common
}: Text & { readonly type?: "text" | "password" | "date" | "number"; readonly min?: number; readonly max?: number }) {
  const { min, max, ...frame } = common;
  return (
    <Framed {...frame}>
      {(element) => (
        <input
          {...element}
          type={type as "text"}
          value={value}
          required={required}
          placeholder={placeholder}
          maxLength={maxLength}
          min={min}
          max={max}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Framed>
  );
}

/** Several lines. */
export function TextArea({ value, onChange, placeholder, maxLength, required = false, ...frame }: Text) {
  return (
    <Framed {...frame}>
      {(element) => (
        <textarea
          {...element}
          value={value}
          required={required}
          placeholder={placeholder}
          maxLength={maxLength}
          autocomplete="off"
          spellcheck={false}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Framed>
  );
}

export type Option<V extends string> = { readonly value: V; readonly label: string };

/** One of several, in a list that opens. */
export function Select<V extends string>({
  value,
  options,
  onChange,
  required = false,
  ...frame
}: Common & {
  readonly value: V;
  readonly options: readonly Option<V>[];
  readonly onChange: (value: V) => void;
}) {
  return (
    <Framed {...frame}>
      {(element) => (
        <select
          {...element}
          value={value}
          required={required}
          onChange={(event) => onChange(event.currentTarget.value as V)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Framed>
  );
}

/** One of a few, all of them in sight. */
export function Choices<V extends string>({
  label,
  value,
  options,
  required = false,
  onChange,
}: {
  readonly label: string;
  readonly required?: boolean;
  readonly value: V | undefined;
  readonly options: readonly Option<V>[];
  readonly onChange: (value: V) => void;
}) {
  const name = useId();
  return (
    <fieldset>
      <legend>{label}</legend>
      {options.map((option) => (
        <label class="choice" key={option.value}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            required={required}
            onChange={() => onChange(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** On or off. */
export function Check({
  label,
  checked,
  disabled = false,
  onChange,
}: {
  readonly label: ComponentChildren;
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly onChange: (checked: boolean) => void;
}) {
  return (
    <label class="choice">
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>{label}</span>
    </label>
  );
}
