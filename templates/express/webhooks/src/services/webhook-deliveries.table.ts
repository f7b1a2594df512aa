export interface WebhookDeliveriesTable {
  id: string;
  created_at: string;
}
