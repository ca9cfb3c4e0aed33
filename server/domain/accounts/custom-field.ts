import { isDay } from '../calendar.ts';
import type { Problem } from '../problem.ts';

/** What a field of a customer that an administrator defined may hold. */
export const CUSTOM_KINDS = ['text', 'number', 'date', 'choice'] as const;
export type CustomKind = (typeof CUSTOM_KINDS)[number];

/** A field beside the built-in ones. `key` never changes; values are kept by it. */
export type CustomField = {
  key: string;
  label: string;
  kind: CustomKind;
  choices: readonly string[]; // of a choice, in the order shown; else empty
  isRequired: boolean;
};

/** The settings section `customFields`: nothing until an administrator needs it. */
export const DEFAULT_CUSTOM_FIELDS: readonly CustomField[] = [];

const KEY = /^[a-z][a-z0-9_]{0,39}$/;
const MOST_FIELDS = 100;
const MOST_CHOICES = 200;
const LONGEST_TEXT = 500;

/** What is wrong with these definitions. */
export function customFieldProblems(fields: readonly CustomField[]): Problem[] {
  const problems = fields.flatMap((field, index) => [
    ...(fields.findIndex(({ key }) => key === field.key) < index
      ? [{ field: `${index}.key`, message: `标识“${field.key}”重复，每个字段的标识必须不同` }]
      : []),
    ...definitionProblems(field).map(({ field: part, message }) => ({ field: `${index}.${part}`, message })),
  ]);
  if (fields.length > MOST_FIELDS)
    problems.unshift({ field: '', message: `最多 ${MOST_FIELDS} 个自定义字段，请删去不用的` });
  return problems;
}

function definitionProblems({ key, label, kind, choices }: CustomField): Problem[] {
  const problems: Problem[] = [];
  if (!KEY.test(key))
    problems.push({
      field: 'key',
      message: '标识须以小写字母开头，只含小写字母、数字和下划线，最多 40 个字符',
    });
  if (!label.trim()) problems.push({ field: 'label', message: '请填写字段名称' });
  return [...problems, ...(kind === 'choice' ? choiceProblems(choices) : unwantedChoices(choices))];
}

const badChoices = (message: string): Problem[] => [{ field: 'choices', message }];

function choiceProblems(choices: readonly string[]): Problem[] {
  if (choices.length === 0) return badChoices('单选字段至少要有一个选项');
  if (choices.length > MOST_CHOICES) return badChoices(`最多 ${MOST_CHOICES} 个选项`);
  if (choices.some((choice) => !choice.trim())) return badChoices('选项不能为空');
  return new Set(choices).size < choices.length ? badChoices('选项不能重复') : [];
}

const unwantedChoices = (choices: readonly string[]) =>
  choices.length > 0 ? badChoices('只有单选字段才有选项，请删去选项或改为单选') : [];

/** The values of an account by the key of the field; a date is a day YYYY-MM-DD. null or '': nothing. */
export type CustomValues = Readonly<Record<string, unknown>>;

/** What is wrong with these values as the whole of an account; every required field must be filled. */
export function customProblems(fields: readonly CustomField[], values: CustomValues): Problem[] {
  const unknown = Object.keys(values).filter((name) => !fields.some(({ key }) => key === name));
  return [
    ...fields.flatMap((field) => {
      const message = valueProblem(field, values[field.key]);
      return message ? [{ field: field.key, message: `${field.label}：${message}` }] : [];
    }),
    ...unknown.map((name) => ({ field: name, message: `没有自定义字段“${name}”` })),
  ];
}

const isNothing = (value: unknown) => value === undefined || value === null || value === '';

function valueProblem({ kind, choices, isRequired }: CustomField, value: unknown): string | null {
  if (isNothing(value)) return isRequired ? '必须填写' : null;
  return KIND_PROBLEMS[kind](value, choices);
}

const KIND_PROBLEMS: Record<CustomKind, (value: unknown, choices: readonly string[]) => string | null> = {
  text: (value) =>
    typeof value === 'string' && value.length <= LONGEST_TEXT ? null : `须为文字，最多 ${LONGEST_TEXT} 字`,
  number: (value) => (typeof value === 'number' && Number.isFinite(value) ? null : '须为数字'),
  date: (value) => (typeof value === 'string' && isDay(value) ? null : '须为日期，如 2026-03-11'),
  choice: (value, choices) =>
    typeof value === 'string' && choices.includes(value) ? null : `须为其中之一：${choices.join('、')}`,
};

/** Only the values of fields that are still defined; what a removed field held stays stored, and comes back with it. */
export function shownCustom(
  fields: readonly CustomField[],
  values: CustomValues,
): Record<string, string | number | null> {
  return Object.fromEntries(
    fields.map(({ key }) => {
      const value = values[key];
      return [key, typeof value === 'string' || typeof value === 'number' ? value : null];
    }),
  );
}
