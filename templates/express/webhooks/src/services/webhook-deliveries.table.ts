export interface WebhookDeliveriesTable {
  id: string;
  expires_at: string;
}
