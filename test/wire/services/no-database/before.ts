export function createServices() {
  return {};
}
