export interface Tables { }
