export class Services {
  constructor(private db: Database) {}
}
