/**
 * The exam pack format, as strict schemas. A pack is untrusted input: every field is checked,
 * unknown fields are refused, and no text is ever treated as markup.
 *
 * A pack is a folder: `pack.json`, `blueprint.json`, `forms/*.json`, `items/*.json` (arrays of items)
 * and, where it has them, `scenarios/*.json` (arrays of scenarios).
 */
import * as v from 'valibot';

/** The version of the pack format this program reads. */
export const PACK_FORMAT = 1;

/** Half a surrogate pair cannot be stored as UTF-8: it would come back as another character, and look like damage. */
const text = (max: number) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.minLength(1),
    v.maxLength(max),
    v.check((given) => given.isWellFormed(), 'holds half a character'),
  );
const count = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
const id = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9.-]{0,63}$/, 'must be a short lower-case id'));
const optionId = v.pipe(v.string(), v.regex(/^[a-f]$/, 'must be a letter from a to f'));

/** One area of a content outline: its id, its title as reported, and the items a form holds of it. */
const AreaSchema = v.strictObject({
  id,
  title: text(120),
  /** Scored items of this area in every form. */
  items: count(0, 500),
});

/** A content outline: the areas a report is broken down by. */
const OutlineSchema = v.strictObject({
  title: text(120),
  areas: v.pipe(
    v.array(AreaSchema),
    v.minLength(1),
    v.maxLength(60),
    v.check((areas) => new Set(areas.map((area) => area.id)).size === areas.length, 'has an area id twice'),
  ),
});

export const BlueprintSchema = v.strictObject({
  /** Shown on every form, so that a stale blueprint is seen. */
  version: text(40),
  /** Scored items of a form. */
  scored: count(1, 500),
  /** Unscored pretest items of a form, mixed in and unmarked. */
  pretest: count(0, 100),
  /** Time for the questions, in minutes. */
  minutes: count(1, 600),
  /** Time for the agreement of its own, in minutes; 0 when it is untimed. */
  agreementMinutes: count(0, 60),
  /** The line a result is measured against. `published` when the issuer states it, else it is ours. */
  line: v.strictObject({ percent: count(1, 100), published: v.boolean() }),
  /** Minutes left at which the candidate is told once. */
  noticesAtMinutes: v.pipe(v.array(count(1, 599)), v.maxLength(5)),
  /** Where these figures come from. */
  sources: v.pipe(v.array(text(300)), v.minLength(1), v.maxLength(20)),
  outlines: v.strictObject({ current: OutlineSchema, classic: OutlineSchema }),
});

/** A pack is stored under its id; Windows opens no file of these names, whatever follows the first dot. */
const packId = v.pipe(
  id,
  v.check(
    (name) => !/^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/.test(name),
    'is a name that Windows keeps for a device',
  ),
);

export const PackSchema = v.strictObject({
  format: v.literal(PACK_FORMAT),
  id: packId,
  title: text(120),
  exam: v.strictObject({ code: text(12), name: text(120), issuer: text(120) }),
  codeYear: count(2015, 2100),
  license: text(80),
  about: text(2000),
});

export const FormSchema = v.strictObject({
  id,
  title: text(80),
  /** Item ids in the order of their numbers. */
  items: v.pipe(v.array(id), v.minLength(1), v.maxLength(600)),
});

const SectionSchema = v.strictObject({ heading: text(80), text: text(8000) });

/** A record the candidate reads beside the item: a note, a report, a chart extract. */
const RecordSchema = v.strictObject({
  title: text(120),
  sections: v.pipe(v.array(SectionSchema), v.minLength(1), v.maxLength(40)),
});

export const ScenarioSchema = v.strictObject({
  id,
  setting: v.picklist(['inpatient', 'outpatient', 'emergency']),
  record: RecordSchema,
});

const CodeSchema = v.strictObject({
  system: v.picklist(['CPT', 'HCPCS', 'ICD-10-CM', 'ICD-10-PCS', 'MS-DRG']),
  code: v.pipe(v.string(), v.regex(/^[A-Z0-9][A-Z0-9.]{1,7}$/, 'must be a code')),
  /** `invalid` marks a distractor that is deliberately no code at all. */
  role: v.picklist(['key', 'distractor', 'mentioned', 'invalid']),
});

/** How a key was verified; see exams/README.md. */
const VerificationSchema = v.strictObject({
  authorityChecked: v.picklist(['local', 'secondary', 'memory']),
  blindSolves: count(0, 20),
  agreedAtFirst: count(0, 20),
  rewritten: v.boolean(),
  note: v.optional(text(600)),
});

const OptionSchema = v.strictObject({ id: optionId, text: text(600) });

export const ItemSchema = v.pipe(
  v.strictObject({
    id,
    /** Area in the current outline. */
    area: id,
    /** Area in the classic outline. */
    classicArea: id,
    type: v.picklist(['single', 'multiple']),
    /** How many options are correct; stated to the candidate when more than one. */
    select: count(1, 5),
    topic: text(120),
    /** The author's estimate: 1 easy, 2 medium, 3 hard. */
    difficulty: count(1, 3),
    cognitive: v.picklist(['recall', 'application', 'analysis']),
    /** The author's expected working time in seconds. */
    seconds: count(10, 1800),
    codeYear: count(2015, 2100),
    scored: v.boolean(),
    stem: text(6000),
    /** The item's own record; an item has this or `scenario`, never both. */
    record: v.optional(RecordSchema),
    scenario: v.optional(id),
    options: v.pipe(v.array(OptionSchema), v.minLength(2), v.maxLength(6)),
    key: v.pipe(v.array(optionId), v.minLength(1), v.maxLength(5)),
    /** For each option why it is right or which error it embodies. */
    rationale: v.record(optionId, text(1500)),
    references: v.pipe(v.array(text(300)), v.minLength(1), v.maxLength(12)),
    codes: v.pipe(v.array(CodeSchema), v.maxLength(60)),
    modifiers: v.pipe(v.array(v.pipe(v.string(), v.regex(/^[A-Z0-9]{2}$/))), v.maxLength(20)),
    verification: VerificationSchema,
  }),
  v.forward(
    v.check((i) => i.key.length === i.select, 'must hold as many options as `select` says'),
    ['key'],
  ),
  v.forward(
    v.check((i) => i.type === 'multiple' || i.select === 1, 'must be 1 for a single-answer item'),
    ['select'],
  ),
  v.forward(
    v.check((i) => new Set(i.options.map((o) => o.id)).size === i.options.length, 'has an option id twice'),
    ['options'],
  ),
  v.forward(
    v.check((i) => new Set(i.key).size === i.key.length, 'names an option twice'),
    ['key'],
  ),
  v.forward(
    v.check((i) => i.key.every((k) => i.options.some((o) => o.id === k)), 'names an option the item has not'),
    ['key'],
  ),
  v.forward(
    v.check(
      (i) => i.options.every((o) => o.id in i.rationale) && Object.keys(i.rationale).length === i.options.length,
      'must explain each option and no other',
    ),
    ['rationale'],
  ),
  v.forward(
    v.check((i) => !(i.record && i.scenario), 'must not stand beside `record`'),
    ['scenario'],
  ),
);

export const ItemFileSchema = v.pipe(v.array(ItemSchema), v.minLength(1), v.maxLength(1000));
export const ScenarioFileSchema = v.pipe(v.array(ScenarioSchema), v.minLength(1), v.maxLength(200));

export type Blueprint = v.InferOutput<typeof BlueprintSchema>;
export type Outline = v.InferOutput<typeof OutlineSchema>;
export type PackInfo = v.InferOutput<typeof PackSchema>;
export type FormSpec = v.InferOutput<typeof FormSchema>;
export type RecordText = v.InferOutput<typeof RecordSchema>;
export type Scenario = v.InferOutput<typeof ScenarioSchema>;
export type Item = v.InferOutput<typeof ItemSchema>;
export type OutlineName = 'current' | 'classic';

/** The two outlines a form is reported in, in the order of the report. */
export const OUTLINES: readonly OutlineName[] = ['current', 'classic'];
