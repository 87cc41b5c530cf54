package io.pidstream.inspect;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a channel measures, as its name or its unit says. The first that matches counts. */
enum Kind {
    CALENDAR(
            "hours?|hr|hh|minutes?|months?|mnth|weekdays?|dayofweek|dow|weeks?|seasons?|holidays?"
                    + "|workingday|weekend|dayofyear|doy|quarter|stunde|monat|wochentag",
            ""),
    QUALITY("uncert|uncertainty|flags?|qc|quality|source|qn\\d*", ""),
    STATUS(
            "status|state|anomaly|changepoint|attack|alarm|fault|error|mode|on|off|switch|valve",
            ""),
    VIBRATION(
            "vib|vibration|accelerometer\\d*|accel|acc|acceleration|schwingung",
            "mm/s|m/s2|m/s²|m/s\\^2|g"),
    ACOUSTIC("sound|noise|acoustic|mic|microphone|ae", "dba?|db\\(a\\)"),
    RADIATION(
            "ghi|dni|dhi|etrn?|radiation|irradiance|solar|light|lux|illum|illuminance|sun|sunshine|uv"
                + "|par|swin|lwin|psp|g|gb|gd|ir|globalstrahlung|srad|albedo",
            "w/m\\^?[2²]|wm-2|lx|lux|klux"),
    PRECIPITATION(
            "rain\\d*|precip|precipitation|rainfall|snow|snowfall|prcp|niederschlag|prec", ""),
    WIND(
            "wind|gust|ws\\d*|wd\\d*|wspd|wspm|wdir|wnd|windspeed|winddirection|iws|gst"
                    + "|windgeschwindigkeit",
            ""),
    CLOUD("cloud|clouds|cld|ceiling|visibility|vis|cover|bewoelkung", ""),
    HUMIDITY(
            "humidity|rh|hum|ah|humid|dewpoint|dew|dewp|vapou?r|vpd|pwat|feuchte|luftfeuchte",
            "%rh"),
    GAS(
            "co|co2|no|no2|nox|so2|o3|nh3|ch4|pm|pm\\d+|nmhc|c6h6|benzene|toluene|ozone|voc|tvoc|smoke"
                + "|monoxide|dioxide|methane|pollution|aqi|xylene",
            "[µu]g/m\\^?[3³]|mg/m\\^?[3³]|ppm|ppb"),
    CHEMISTRY(
            "ph|conductivity|turbidity|chlorine|bod|cod|ss|nitrate|ammonia|oxygen|do|redox|orp|tds"
                    + "|salinity|leitfaehigkeit|truebung",
            "mg/l|[µu]s/cm|ntu|fnu"),
    VITAL(
            "heart|pulse|hr|spo2|o2sat|resp|respiration|sbp|dbp|map|etco2|bp|ecg|blutdruck",
            "bpm|mmhg"),
    LEVEL("level|lvl|tank|height|depth|fuellstand|pegel|tide|stage", ""),
    FLOW(
            "flow|discharge|durchfluss|volumenstrom|flowrate|debit|throughput",
            "m\\^?[3³]/[hs]|l/(min|h|s)|kg/(h|s)|gpm|cfm|cfs|lpm|t/h"),
    SPEED(
            "rpm|speed|velocity|torque|revolutions?|drehzahl|throttle|pedal|position|angle|yaw|pitch"
                + "|geschwindigkeit|nm|gear|steering",
            "rpm|1/min|min-1|nm|km/h|kph|mph|u/min"),
    PRESSURE(
            "pressure|press|pres|druck|psi|mslp|slp|baro|barometric|sp|pression|presion|vacuum",
            "m?bar|h?pa|kpa|mpa|psi|mmhg|inhg|torr"),
    ELECTRICAL(
            "voltage|current|power|volt|volts|amps?|ampere|kw|kwh|energy|reactive|electric|battery"
                + "|watt|phase|frequency|strom|spannung|leistung|consumption|load|intensity|kvarh?",
            "m?v|kv|m?a|[kmg]?wh?|[kmg]?va|[kmg]?varh?|hz|ah"),
    FUEL("fuel|lambda|trim|equivalence|catalyst|evap|egr", ""),
    TEMPERATURE(
            "temp\\d*|temperature\\d*|thermocouple|thermal|temperatur|temperatura|tmp|t|t\\d+|tt|tavg|tmin|tmax|tamb|atmp"
                + "|wtmp|dry|bulb|heat|heating|coolant|drybulb|tg|tdb",
            "°\\s?[cfk]|deg\\s?[cfk]|celsius|[cf]|k"),
    COMPOSITION("conc|concentration|ratio|purity|fraction|moisture|share", ""),
    WEATHER("weather|meteo|wetter|outdoor", ""),
    AIR("air|ambient|indoor|room", "");

    /** Kinds that belong together where each is small. */
    static final List<Kind> OF_AIR = List.of(TEMPERATURE, HUMIDITY, PRESSURE);

    /** Kinds of the weather outside. */
    static final List<Kind> OF_WEATHER =
            List.of(TEMPERATURE, HUMIDITY, PRESSURE, WIND, PRECIPITATION, CLOUD);

    private final Pattern word;
    private final Pattern unit;

    Kind(String word, String unit) {
        this.word = Pattern.compile(word);
        this.unit = Pattern.compile("(?i)" + unit);
    }

    /** Null if neither the name nor the unit says anything. */
    static Kind of(String title, String unit) {
        String bracketed = Words.inBrackets(title);
        for (String measured : List.of(unit, bracketed)) {
            Kind kind = ofUnit(measured);
            // A percentage or a degree may be anything: the name decides first.
            if (kind != null && kind != TEMPERATURE && kind != ELECTRICAL) {
                Kind named = ofWords(title);
                return named == QUALITY || named == STATUS || named == CALENDAR ? named : kind;
            }
        }
        Kind named = ofWords(title);
        if (named != null) {
            return named;
        }
        Kind measured = ofUnit(unit);
        return measured == null ? ofUnit(bracketed) : measured;
    }

    private static Kind ofUnit(String unit) {
        if (unit.isEmpty()) {
            return null;
        }
        for (Kind kind : values()) {
            if (!kind.unit.pattern().equals("(?i)") && kind.unit.matcher(unit).matches()) {
                return kind;
            }
        }
        return null;
    }

    private static Kind ofWords(String title) {
        List<String> words = Words.of(title);
        for (Kind kind : values()) {
            for (String each : words) {
                if (kind.word.matcher(each).matches()
                        || kind.word.matcher(each.replaceAll("\\d+$", "")).matches()) {
                    return kind;
                }
            }
        }
        return null;
    }

    /** As a modality is called. */
    String modality() {
        return switch (this) {
            case QUALITY -> "flags";
            case SPEED -> "motion";
            default -> name().toLowerCase(Locale.ROOT);
        };
    }
}
