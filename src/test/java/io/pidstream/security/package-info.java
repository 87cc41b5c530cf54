/** The commands and a broker that lets in, by TLS and SCRAM, whom it knows. */
package io.pidstream.security;
