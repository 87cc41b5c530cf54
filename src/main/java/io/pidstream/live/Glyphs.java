package io.pidstream.live;

import java.nio.charset.Charset;

/**
 * The characters that a view draws with.
 *
 * @param unique fill of unique information
 * @param redundant fill of redundant information
 * @param synergistic fill of synergistic information
 * @param rest fill of what is redundant or synergistic, if the definition does not separate them
 * @param bar a whole cell of a bar
 * @param leftHalf left half of a cell
 * @param rightHalf right half of a cell
 * @param axis where a signed bar begins; none of the light lines, which JLine sends in the
 *     terminal's other charset
 * @param up a share that grows
 * @param down a share that shrinks
 * @param level a share that stays
 * @param ellipsis from … to
 */
public record Glyphs(
        char unique,
        char redundant,
        char synergistic,
        char rest,
        char bar,
        char leftHalf,
        char rightHalf,
        char axis,
        char up,
        char down,
        char level,
        String ellipsis) {
    public static final Glyphs UNICODE =
            new Glyphs('█', '▒', '░', '▒', '█', '▌', '▐', '┃', '↗', '↘', '→', "…");
    public static final Glyphs ASCII =
            new Glyphs('#', '=', '.', '=', '#', '#', '#', '|', '^', 'v', '-', "..");

    /** Blocks and arrows where the charset has them. */
    public static Glyphs of(Charset charset) {
        return charset.canEncode() && charset.newEncoder().canEncode("█▒░▌▐┃↗↘→…µ°±")
                ? UNICODE
                : ASCII;
    }

    /** The text with what an ASCII terminal lacks spelled out. */
    String plain(String text) {
        return equals(UNICODE)
                ? text
                : text.replace("µ", "u").replace("°", "deg ").replace("±", "+-");
    }
}
