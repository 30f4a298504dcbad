// In: a JSON array of iCalendar texts. Out: for each of them its events, as ical.js understands them.
import ICAL from "ical.js";
import { readFileSync } from "node:fs";

const moment = (time) => (time ? time.toString() : null);

const event = (component) => {
  const item = new ICAL.Event(component);
  const value = (name) => component.getFirstPropertyValue(name);
  return {
    uid: item.uid,
    summary: item.summary,
    description: item.description ?? "",
    location: item.location ?? "",
    start: moment(value("dtstart")),
    end: moment(value("dtend")),
    zone: value("dtstart").zone.tzid,
    sequence: value("sequence"),
    status: value("status"),
    transp: value("transp"),
    stamp: moment(value("dtstamp")),
    modified: moment(value("last-modified")),
    url: value("url") ?? "",
    categories: component.getFirstProperty("categories")?.getValues() ?? [],
    alarms: component.getAllSubcomponents("valarm").map((alarm) => [
      alarm.getFirstPropertyValue("action"),
      alarm.getFirstPropertyValue("trigger").toString(),
    ]),
  };
};

const calendars = JSON.parse(readFileSync(0, "utf8")).map((text) => {
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  return {
    name: calendar.getFirstPropertyValue("name"),
    refresh: calendar.getFirstPropertyValue("refresh-interval").toString(),
    events: calendar.getAllSubcomponents("vevent").map(event),
  };
});
process.stdout.write(JSON.stringify(calendars));
