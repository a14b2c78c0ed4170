### Las palabras de la ventana (claves ui-…). Palabras sencillas, como en en.ftl.
