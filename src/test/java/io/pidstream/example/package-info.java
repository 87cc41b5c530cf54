/** Programs of subscribers, as the documentation shows them. */
package io.pidstream.example;
