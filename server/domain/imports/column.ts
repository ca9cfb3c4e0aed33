/** What the cells of a column hold: what a spreadsheet may have done to them, and how an export writes them. */
export type Holds = 'id' | 'text' | 'money' | 'number' | 'day';

/**
 * A column of a table file. `label` is what we write; `also` are other words for the very same thing; `instead` stands for it only in
 * a file that has no other column of that meaning; a header that contains one of `near` may mean it, so the user is asked.
 */
export type Column = {
  label: string;
  holds: Holds;
  also: readonly string[];
  instead: readonly string[];
  near: readonly string[];
};

/** The columns of one kind of record by our own names, which a file may use too; see contract.md "Import files". */
export type Columns = Readonly<Record<string, Column>>;

type Words = Partial<Pick<Column, 'also' | 'instead' | 'near'>>;

/** A column with the words that people and ERPs use for it. */
export const column = (holds: Holds, label: string, words: Words = {}): Column => ({
  label,
  holds,
  also: [],
  instead: [],
  near: [],
  ...words,
});

/** The customer's number in the ERP, in every record that names a customer. */
export const CUSTOMER_NUMBER = column('id', '客户编号', {
  also: [
    '客户编码',
    '客户代码',
    '客户号',
    '客户ID',
    '往来单位编码',
    '往来单位编号',
    '购货单位编码',
    '单位编码',
  ],
  near: ['客户编', '客户代', '客户号', '单位编', '单位代码'],
});

/** The customer's name, in every record that names a customer. */
export const CUSTOMER_NAME = column('text', '客户名称', {
  also: [
    '客户',
    '客户名',
    '客户全称',
    '客户全名',
    '公司名称',
    '公司全称',
    '企业名称',
    '单位名称',
    '单位全名',
    '往来单位',
    '往来单位名称',
    '购货单位',
    '购货单位名称',
    '购货方',
    '购买方名称',
  ],
  near: ['客户简称', '单位简称', '公司简称'],
});

/** The member who is responsible: a userid, or a name that only one member has. */
export const OWNER = column('text', '负责人', {
  also: [
    '客户负责人',
    '业务员',
    '专管业务员',
    '销售员',
    '销售人员',
    '客户经理',
    '跟进人',
    '归属人',
    '经手人',
  ],
});

/** What people write around a header: marks of required cells, hints and units that change nothing. */
const HINTS =
  /[([【〔](?:元|人民币|人民币元|rmb|cny|¥|必填|选填|可选|文本|userid)[)\]】〕]|[/:](?:元|rmb|cny)$/g;
const TEN_THOUSAND = /[([【〔]万元?[)\]】〕]|[/:]万元$/;

/** A header as it is compared: width, case, blanks, marks and harmless hints do not count. `unit`: sums are in ten thousands. */
export function headerKey(title: string): { key: string; unit: '' | '万' } {
  const word = title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s*_\p{Cf}-]/gu, '');
  const key = word.replace(HINTS, '').replace(TEN_THOUSAND, '').replace(/:$/, '');
  return { key, unit: TEN_THOUSAND.test(word) ? '万' : '' };
}
