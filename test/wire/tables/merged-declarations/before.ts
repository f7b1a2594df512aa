export interface Tables {
  a: string;
}
export interface Tables {
  b: string;
}
