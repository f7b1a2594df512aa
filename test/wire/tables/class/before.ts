export class Tables {
  customers!: string;
}
