/** Words about an account that somebody else changed, or of which one sees little. */
export const EDIT = {
  theirs: (label: string, value: string) => `${label}刚被同事改为「${value || '空'}」，您填写的还在。`,
  takeTheirs: '改用新值',
  takeTheirsOf: (label: string) => `${label}改用新值`,
  basics: (mayClaim: boolean) =>
    mayClaim
      ? '这个客户在待分配中，现在只显示基本资料。领取后才能查看联系人、跟进、成交等全部资料，并能修改。'
      : '这个客户已确定接手人，正在移交，现在只显示基本资料。',
  unowned: (mayClaim: boolean) =>
    mayClaim
      ? '这个客户在待分配中，还没有负责人。领取或分配给同事后，才能记跟进。'
      : '这个客户已确定接手人，正在移交。移交完成后由接手人记跟进。',
} as const;
