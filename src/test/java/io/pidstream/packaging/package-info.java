/** The jars as they are packaged: what is in them, and under which licences. */
package io.pidstream.packaging;
