export interface Tables {
}
