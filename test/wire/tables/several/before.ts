export interface A {
  a: string;
}
export interface B {
  b: string;
}
