/** Whether a text is a day of the calendar, written like `2027-03-31`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  // 2027-02-30 would be read as the second of March.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
