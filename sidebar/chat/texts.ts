export const WAITING = '正在读取客户资料';
